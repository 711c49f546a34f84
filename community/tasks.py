from celery import shared_task

from community import services


@shared_task
def send_mails() -> None:
    """Send the e-mails that are due. Asked for after new ones, and by the clock."""
    services.send_waiting()


@shared_task
def check_links() -> None:
    """Look whether members' pages link back. Asked for after new ones, and by the clock."""
    while services.check_due():
        pass
