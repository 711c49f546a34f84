"""Scores and assignment: the row of a review, changed by one person at a time."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.errors import Refused
from community.models import Member, Team
from ideas import policies
from ideas.models import Idea, Review, TeamDeed
from ideas.models.review import DeedKind
from ideas.services import deeds


@dataclass(frozen=True, kw_only=True)
class Scores:
    """1 to 5 each; None is not scored."""

    impact: int | None = None
    effort: int | None = None
    confidence: int | None = None
    fit: int | None = None


@transaction.atomic
def score(*, idea: Idea, by: Member, version: int, scores: Scores) -> Review:
    """Score an idea. `version` is that of the review that was read, 0 for none.

    Raises Refused as `stale` when a colleague was quicker.
    """
    review = _changing(idea, by, version)
    if asdict(scores) == {name: getattr(review, name) for name in asdict(scores)}:
        return review
    for name, value in asdict(scores).items():
        setattr(review, name, value)
    _keep(review)
    deeds.write(idea=idea, member=by, kind=DeedKind.SCORED, **asdict(scores))
    return review


@transaction.atomic
def assign(
    *, idea: Idea, by: Member, version: int, assignee: Member | None, team: Team | None = None
) -> Review:
    """Hand an idea to somebody, and to another team than the board's if `team` says so.

    `version` as in `score`.
    """
    review = _changing(idea, by, version)
    team_id = team.pk if team and team.pk != idea.board.team_id else None
    if assignee is not None:
        policies.can_be_assigned(assignee, team_id or idea.board.team_id).enforce()
    if (review.assignee, review.team_id) == (assignee, team_id):
        return review
    review.assignee, review.team_id = assignee, team_id
    _keep(review)
    deeds.write(idea=idea, member=by, kind=DeedKind.ASSIGNED, **assigned(assignee, team))
    return review


def assigned(assignee: Member | None, team: Team | None) -> dict[str, Any]:
    """What the history keeps of an assignment. A number, not a name: members can leave."""
    return {"to": assignee.pk if assignee else None, "team": team.name if team else ""}


def _changing(idea: Idea, by: Member, version: int) -> Review:
    """The review of a locked idea, ready to be changed."""
    Idea.objects.select_for_update(no_key=True).only("pk").get(pk=idea.pk)
    policies.can_review(by, idea).enforce()
    review = Review.objects.select_related("assignee").filter(idea=idea).first()
    if version != (review.version if review else 0):
        raise Refused(_what_changed(idea), code="stale")
    return review or Review(idea=idea, version=0)


def _keep(review: Review) -> None:
    review.version += 1
    review.save()
    review.refresh_from_db(fields=["priority"])


def _what_changed(idea: Idea) -> str:
    kinds = (DeedKind.SCORED, DeedKind.ASSIGNED)
    last = TeamDeed.objects.filter(idea=idea, kind__in=kinds).select_related("member")
    deed = last.order_by("-id").first()
    if deed is None or deed.member is None:
        return _("A colleague changed this while you were looking. Read it, then save again.")
    words = _("%(name)s was quicker (%(deed)s). Read what is there now, then save again.")
    return words % {"name": deed.member.display_name, "deed": deed.get_kind_display()}
