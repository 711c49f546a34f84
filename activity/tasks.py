from celery import shared_task

from activity import delivery, services


@shared_task
def deliver() -> None:
    """Answer a wake-up, or sweep: hand over whatever is waiting."""
    services.answer_wake_up()
    delivery.drain()
