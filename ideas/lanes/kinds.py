"""The lanes of the review queue: what each holds, and what it is ordered by."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas.models.merge import Consent
from ideas.models.tally import IN_QUEUE
from ideas.ordering import Order, count_of, moment_of, number_of
from ideas.status import Status

UNFINISHED = Q(listed=True, status__in=sorted(set(Status) - {Status.SHIPPED, Status.DECLINED}))


def _id(value: Any) -> int:
    if type(value) is not int or not 0 < value < 2**63:
        raise ValueError(value)
    return value


@dataclass(frozen=True)
class Lane:
    """`holds` picks tallies, `order` sorts them."""

    order: Order
    holds: Q

    @property
    def code(self) -> str:
        return self.order.code

    @property
    def label(self) -> Any:
        return self.order.label

    @property
    def line(self) -> Any:
        return self.order.line


DUE = Lane(
    Order(
        "due",
        _("Due first"),
        _("Promises that are running, the next one due on top."),
        "due_at",
        moment_of,
        descending=False,
    ),
    Q(listed=True, due_at__isnull=False),
)
TOP = Lane(
    Order("top", _("Top"), _("Undecided ideas, most supporters first."), "supports", count_of),
    IN_QUEUE,
)
RISING = Lane(
    Order(
        "rising",
        _("Rising"),
        _("Undecided ideas; recent support counts most and fades over five days."),
        "hot",
        number_of,
    ),
    IN_QUEUE,
)
REOPENED = Lane(
    Order(
        "reopened",
        _("Reopened"),
        _("Back from a no, the latest first."),
        "reopened_at",
        moment_of,
    ),
    Q(listed=True, reopened_at__isnull=False),
)
UNSEEN = Lane(
    Order(
        "unseen",
        _("Unseen"),
        _(
            "A random sample of what nobody of the team has opened, from every board and age. It "
            "is drawn anew each week."
        ),
        "shuffle",
        number_of,
        descending=False,
    ),
    IN_QUEUE & Q(seen_at=None),
)
MINE = Lane(
    Order(
        "mine",
        _("Assigned to me"),
        _("What you look after and is not finished, newest first."),
        "idea_id",
        _id,
    ),
    UNFINISHED,
)
SCORED = Lane(
    Order(
        "scored",
        _("Scored"),
        _("Undecided ideas by priority: impact × confidence × fit ÷ effort."),
        "priority",
        number_of,
    ),
    IN_QUEUE & Q(priority__isnull=False),
)
OBJECTIONS = Lane(
    Order(
        "objections",
        _("Objections"),
        _("Merged ideas whose author objected and has no answer, the longest wait first."),
        "idea__merges__consent_at",
        moment_of,
        descending=False,
    ),
    Q(
        idea__hidden_at=None,
        idea__merges__undone_at=None,
        idea__merges__consent=Consent.OBJECTED,
        idea__merges__replied_at=None,
    ),
)
LANES = {lane.code: lane for lane in (DUE, TOP, RISING, REOPENED, UNSEEN, MINE, SCORED, OBJECTIONS)}
