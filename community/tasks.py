from celery import shared_task

from community import services
from community.services import departing, digests, exporting, forgetting, signing_in


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


@shared_task
def make_exports() -> None:
    """Make the copies that members asked for. Asked for at once, and by the clock."""
    exporting.make_waiting()


@shared_task
def delete_members() -> None:
    """Delete members whose time of grace is over."""
    departing.erase_due()


@shared_task
def forget_what_expired() -> None:
    """Remove copies after a week, sign-ins after 90 days, and let old handles go."""
    exporting.forget_old()
    signing_in.forget_old()
    departing.free_handles()
