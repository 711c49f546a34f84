"""Whom moderation warned in the demo, and who is suspended just now."""

from datetime import datetime, timedelta

from community.models import Member
from community.services.silencing import set_silence
from config.demo import content
from config.demo.content import Row, at
from moderation.models import Clause, Sanction
from moderation.models.sanction import STRIKE_LASTS

MODERATOR = "oskar"


def impose(members: dict[str, Member], now: datetime) -> None:
    """The oldest first. Not by the service, which knows no past."""
    last: Sanction | None = None
    for row in content.rows("sanctions"):
        last = _impose(row, members, now, last if row["follows"] else None)
        if last.until is not None and last.until > now:
            set_silence(member=last.member, until=last.until)


def _impose(
    row: Row, members: dict[str, Member], now: datetime, follows: Sanction | None
) -> Sanction:
    began = at(now, row["imposed_days_ago"])
    clause = Clause.objects.in_force(began).get(key=row["clause"])
    return Sanction.objects.create(
        member=members[row["member"]],
        by=members[MODERATOR],
        kind=row["kind"],
        clause=clause,
        severity=clause.severity,
        reason=row["reason"],
        follows=follows,
        imposed_at=began,
        until=began + timedelta(hours=row["hours"]) if row["hours"] else None,
        strike_until=began + STRIKE_LASTS[clause.severity],
    )
