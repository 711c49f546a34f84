"""The life of an idea, in one table. Only services write Idea.status, and the database checks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    NEEDS_INFO = "needs_info", _("Needs info")
    UNDER_REVIEW = "under_review", _("Under review")
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    SHIPPED = "shipped", _("Shipped")
    DECLINED = "declined", _("Declined")


class Role(models.TextChoices):
    AUTHOR = "author"
    TEAM = "team"
    CLOCKWORK = "clockwork"


@dataclass(frozen=True)
class Step:
    """One arrow of the table. `needs` names the fields of the decision that must be filled."""

    source: Status
    target: Status
    label: "StrOrPromise"
    roles: frozenset[Role] = frozenset({Role.TEAM})
    needs: frozenset[str] = frozenset({"statement"})


NO = frozenset({"statement", "reason", "change_our_mind"})
YES = frozenset({"statement", "rough_when", "cost_band"})
AUTHOR = frozenset({Role.AUTHOR})
TEAM_OR_AUTHOR = frozenset({Role.TEAM, Role.AUTHOR})
TEAM_OR_CLOCKWORK = frozenset({Role.TEAM, Role.CLOCKWORK})
_S = Status

STEPS = (
    Step(_S.DRAFT, _S.OPEN, _("Post the idea"), AUTHOR, frozenset()),
    Step(_S.OPEN, _S.UNDER_REVIEW, _("Take under review")),
    Step(_S.OPEN, _S.NEEDS_INFO, _("Ask the author")),
    Step(_S.OPEN, _S.DECLINED, _("Decline"), needs=NO),
    Step(_S.OPEN, _S.PLANNED, _("Plan"), needs=YES),
    Step(_S.NEEDS_INFO, _S.OPEN, _("Answered: open again"), TEAM_OR_AUTHOR),
    Step(_S.NEEDS_INFO, _S.UNDER_REVIEW, _("Take under review")),
    Step(_S.NEEDS_INFO, _S.DECLINED, _("Decline"), needs=NO),
    Step(_S.UNDER_REVIEW, _S.PLANNED, _("Plan"), needs=YES),
    Step(_S.UNDER_REVIEW, _S.DECLINED, _("Decline"), needs=NO),
    Step(_S.UNDER_REVIEW, _S.NEEDS_INFO, _("Ask the author")),
    Step(_S.UNDER_REVIEW, _S.OPEN, _("Put back")),
    Step(_S.PLANNED, _S.IN_PROGRESS, _("Start work"), needs=frozenset({"statement", "rough_when"})),
    Step(_S.PLANNED, _S.UNDER_REVIEW, _("Review again")),
    Step(_S.PLANNED, _S.DECLINED, _("Decline"), needs=NO),
    Step(_S.IN_PROGRESS, _S.SHIPPED, _("Ship")),
    Step(_S.IN_PROGRESS, _S.PLANNED, _("Back to planned"), needs=YES),
    Step(_S.IN_PROGRESS, _S.DECLINED, _("Decline"), needs=NO),
    Step(_S.DECLINED, _S.UNDER_REVIEW, _("Reopen"), TEAM_OR_CLOCKWORK),
    Step(_S.SHIPPED, _S.IN_PROGRESS, _("Take back")),
)

# Support counts while the outcome can still change; a shipped idea has its answer.
ACCEPTS_SUPPORT = frozenset(Status) - {Status.DRAFT, Status.SHIPPED}
# A declined idea gives its support back to the budget until it is reopened.
USES_BUDGET = frozenset({_S.OPEN, _S.NEEDS_INFO, _S.UNDER_REVIEW, _S.PLANNED, _S.IN_PROGRESS})
# What the board's promise waits for: an answer is any of these.
ANSWERS = frozenset({_S.PLANNED, _S.IN_PROGRESS, _S.SHIPPED, _S.DECLINED})
WAITS_FOR_ANSWER = frozenset({_S.OPEN, _S.NEEDS_INFO, _S.UNDER_REVIEW})


class Reason(models.TextChoices):
    """Why not."""

    DOES_NOT_PAY = "does_not_pay", _("does not pay for itself")
    NOT_POSSIBLE = "technically_not_possible", _("not technically possible")
    OUT_OF_SCOPE = "out_of_scope", _("outside what we do")
    ALREADY_POSSIBLE = "already_possible", _("already possible")
    LEGAL = "legal", _("the law does not allow it")
    SAFETY = "safety", _("not safe")
    OTHER_WAY = "other_way", _("solved in another way")
    TOO_FEW = "too_few", _("helps too few people")


class CostBand(models.TextChoices):
    SMALL = "small", _("small: days")
    MEDIUM = "medium", _("medium: weeks")
    LARGE = "large", _("large: months")


def find(source: str, target: str) -> Step | None:
    """The step between two statuses, if there is one."""
    return next((s for s in STEPS if (s.source, s.target) == (source, target)), None)


def steps_from(source: str) -> list[Step]:
    """Every step that leaves a status."""
    return [step for step in STEPS if step.source == source]
