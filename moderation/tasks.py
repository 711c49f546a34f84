import logging

from celery import shared_task

from moderation import services

log = logging.getLogger(__name__)


@shared_task
def lapse() -> None:
    """Show again what reports hid, and nobody has looked at in time."""
    services.lapse()


@shared_task
def watch_chain() -> None:
    """Close the days that are over, and look whether the chain holds."""
    services.close_days()
    for found in services.verify():
        log.error("The chain of moderation is broken at %s: %s.", found.where, found.what)
