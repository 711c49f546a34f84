from celery import shared_task

from community import services
from community.services import digests, forgetting


@shared_task
def send_mails() -> None:
    """Send the e-mails that are due. Asked for after new ones, and by the clock."""
    services.send_waiting()


@shared_task
def check_links() -> None:
    """Look whether members' pages link back. Asked for after new ones, and by the clock."""
    while services.check_due():
        pass


@shared_task
def make_digests() -> None:
    """Make the digests whose hour has come."""
    digests.make_due()


@shared_task
def forget_old_notifications() -> None:
    """Remove notifications, digests and refusals that nobody needs any more."""
    forgetting.forget_old()
