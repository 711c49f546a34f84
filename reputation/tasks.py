from celery import shared_task

from reputation import services


@shared_task
def review_newcomers() -> None:
    """Raise those whose first day has passed."""
    services.review_newcomers()


@shared_task
def review_all() -> None:
    """Raise and lower whom the calendar raises and lowers."""
    services.review_all()
