from celery import shared_task

from ideas.services import composing, tallies


@shared_task
def sweep_tallies() -> None:
    """Fold the few deltas that voters of one idea left for each other."""
    tallies.sweep()


@shared_task
def publish_decisions() -> None:
    """Make public what was scheduled for now."""
    composing.publish_due()
