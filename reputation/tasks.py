import logging

from celery import shared_task

from reputation import services

log = logging.getLogger(__name__)


@shared_task
def review_newcomers() -> None:
    """Raise those whose first day has passed."""
    services.review_newcomers()


@shared_task
def review_all() -> None:
    """Raise and lower whom the calendar raises and lowers."""
    services.review_all()


@shared_task
def rank_members() -> None:
    """Write the leaderboards anew."""
    services.rank()


@shared_task
def award_badges() -> None:
    """Give and revoke badges where something changed."""
    services.award()


@shared_task
def award_all_badges() -> None:
    """The same for everybody. What it still finds, the runs of the day had missed."""
    done = services.award_all()
    if done.given or done.revoked:
        log.warning("Badges were late: %d given, %d revoked.", done.given, done.revoked)


@shared_task
def watch_votes() -> None:
    """Look at the votes since the last time."""
    services.watch(whole=False)


@shared_task
def watch_all_votes() -> None:
    """Spread trust, then look at all votes of the last months."""
    services.spread_trust()
    services.watch(whole=True)


@shared_task
def verify_ledger() -> None:
    """Compare the ledger with the log; what is found is shown in the admin, and told the logs."""
    done = services.verify(from_log=True, progress=lambda _count: None)
    if not done.is_sound:
        log.error("The ledger is not what the log says: %s", done.found)
