from celery import shared_task

from community import services


@shared_task
def send_mails() -> None:
    """Send the e-mails that are due. Asked for after new ones, and by the clock."""
    services.send_waiting()
