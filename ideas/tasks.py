from celery import shared_task

from ideas.services import tallies


@shared_task
def sweep_tallies() -> None:
    """Fold the few deltas that voters of one idea left for each other."""
    tallies.sweep()
