"""What the demo's team watches over: one ring that waits to be looked into, and a school class that
was taken for fraud, until somebody asked.

Nothing here says who is suspect. They vote, and what the nightly watch makes of it is its own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from community.models import Member, SignIn
from community.models.sign_in import SignInWay
from config.demo import content
from config.demo.content import Row, at
from ideas.models import Idea
from reputation import services
from reputation.models import Case, CaseState, CaseStep, Step

ONE_AFTER_THE_OTHER = timedelta(minutes=1)


def sign_in(members: Mapping[str, Member], now: datetime) -> None:
    """Where they sat, as far as it is kept."""
    SignIn.objects.bulk_create(
        SignIn(
            member=members[handle],
            way=SignInWay.PASSWORD,
            block=row["block"],
            client=row["client"],
            happened_at=at(now, row["days_ago"]) + number * ONE_AFTER_THE_OTHER,
        )
        for row in content.suspects()["sign_ins"]
        for number, handle in enumerate(row["members"])
    )


def look_into(now: datetime) -> None:
    """The night that found the class, what a moderator said of it, and the last night. It reads
    the ledger, so the log has to be booked before."""
    members = Member.objects.in_bulk(field_name="handle")
    for row in content.suspects()["vouches"]:
        services.vouch(member=members[row["member"]], by=members[row["by"]], why=row["why"])
    services.spread_trust()
    titles = {row["key"]: row["title"] for row in content.ideas()}
    for row in content.suspects()["looks"]:
        services.watch(whole=True, upto=at(now, row["days_ago"]))
        idea = Idea.objects.get(title=titles[row["votes_for"]])
        found = Case.objects.running().filter(votes__idea_id=idea.pk).distinct().get()
        _dismiss(found, row, members[row["by"]], now)
    services.watch(whole=True, upto=now)


def _dismiss(case: Case, row: Row, by: Member, now: datetime) -> None:
    CaseStep.objects.bulk_create(
        [
            CaseStep(case=case, step=Step.CLAIMED, by=by, made_at=at(now, row["claimed_days_ago"])),
            CaseStep(
                case=case,
                step=Step.DISMISSED,
                by=by,
                reason=row["because"],
                made_at=at(now, row["dismissed_days_ago"]),
            ),
        ]
    )
    case.state, case.claimed_by = CaseState.DISMISSED, by
    case.save(update_fields=["state", "claimed_by"])
