import logging

from celery import shared_task

from ideas.services import calendars, composing, promising, tallies, verifying, weighing

log = logging.getLogger(__name__)


@shared_task
def sweep_tallies() -> None:
    """Fold the few deltas that voters of one idea left for each other."""
    tallies.sweep()


@shared_task
def measure_support() -> None:
    """Reckon anew what stands beside the tallies that have changed."""
    weighing.measure_changed()


@shared_task
def measure_open_support() -> None:
    """The same for every open idea: supporters move together elsewhere, too."""
    weighing.measure_open()


@shared_task
def publish_decisions() -> None:
    """Make public what was scheduled for now."""
    composing.publish_due()


@shared_task
def escalate_promises() -> None:
    """Remind of every promise whose next moment has come."""
    promising.escalate()


@shared_task
def fill_holidays() -> None:
    """Write the public holidays of this and the next two years where they are missing."""
    calendars.fill_all()


@shared_task
def verify_promises() -> None:
    """Compute the record of promises anew and report what differs."""
    for drift in verifying.drifts():
        log.error("Promise %s: %s", drift.promise_id, drift.words)
