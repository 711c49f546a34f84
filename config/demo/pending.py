"""The decisions that wait in the demo: one for a second person, one for its day."""

from datetime import date, datetime, timedelta

from config.demo import content
from config.demo.content import Row, at
from config.demo.people import Community
from config.demo.proposals import Proposals
from ideas.models import Idea, PendingDecision, TeamDeed
from ideas.models.composing import PendingState
from ideas.models.review import DeedKind
from ideas.services.composing import set_up_templates
from ideas.services.steps import last_decision


def wait(proposals: Proposals, community: Community, now: datetime) -> list[PendingDecision]:
    """Write them, and the templates that decisions begin with."""
    set_up_templates()
    ideas = {row["key"]: idea for row, idea in proposals}
    rows = content.rows("pending")
    waiting = [_pending(row, ideas[row["idea"]], community, now) for row in rows]
    TeamDeed.objects.bulk_create(_deed(pending) for pending in waiting)
    return waiting


def _pending(row: Row, idea: Idea, community: Community, now: datetime) -> PendingDecision:
    ahead = row["days_ahead"]
    points = idea.comments.open_points().order_by("id").values_list("id", flat=True)
    return PendingDecision.objects.create(
        idea=idea,
        proposed_by=community.members[row["by"]],
        proposed_at=at(now, row["days_ago"]),
        to_status=row["to"],
        statement=row["statement"],
        reason=row.get("reason_code", ""),
        change_our_mind=row.get("change_our_mind", ""),
        rough_when=row.get("rough_when", ""),
        cost_band=row.get("cost_band", ""),
        revisit_on=_revisit(row, now),
        seen=last_decision(idea),
        answers=list(points[: row["answers"]]),
        publish_at=now + timedelta(days=ahead) if ahead else None,
        state=PendingState.SCHEDULED if ahead else PendingState.PROPOSED,
    )


def _revisit(row: Row, now: datetime) -> date | None:
    ahead = row.get("revisit_days_ahead")
    return (now + timedelta(days=ahead)).date() if ahead else None


def _deed(pending: PendingDecision) -> TeamDeed:
    scheduled = pending.state == PendingState.SCHEDULED
    return TeamDeed(
        idea=pending.idea,
        member=pending.proposed_by,
        kind=DeedKind.SCHEDULED if scheduled else DeedKind.PROPOSED,
        detail={"pending": pending.pk, "to": pending.to_status},
        happened_at=pending.proposed_at,
    )
