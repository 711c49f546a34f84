"""A page of notifications: what reads as one line put together, and where the older ones are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from community import wording
from community.models import Member, Muted, Notification

ON_A_PAGE = 30
# Beyond this a number says no more, and counting on would cost.
MOST_COUNTED = 99
# As many as one request may name to mark them.
MOST_MARKED = 100
MOST_MUTED = 200


@dataclass
class Line:
    """One line of the page: the newest of some notifications of a kind about the same thing."""

    newest: Notification
    all: list[Notification] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        return [notification.pk for notification in self.all]

    @property
    def is_unread(self) -> bool:
        return any(notification.read_at is None for notification in self.all)

    @property
    def sentence(self) -> str:
        """What happened, in the active language."""
        actors = dict.fromkeys(n.actor_id for n in self.all if n.actor_id)
        if len(actors) < 2:
            return self.newest.sentence
        return wording.sentence_of_many(
            self.newest.kind,
            actor=str(self.newest.actor or ""),
            others=len(actors) - 1,
            subject=self.newest.subject,
        )


@dataclass(frozen=True)
class Page:
    """Some lines, newest first; `last` is the one behind which the older ones begin, if there are
    any."""

    lines: list[Line]
    last: Notification | None = None

    @property
    def before(self) -> int | None:
        return self.last.pk if self.last else None


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see: of one group, or the unread alone; put together or each alone."""

    group: str = ""
    unread: bool = False
    before: int | None = None
    together: bool = True


def page_of(member: Member, wanted: Wanted) -> Page:
    """A page of what a member was told. One query."""
    rows = Notification.objects.of(member).before(wanted.before).for_list()
    if wanted.unread:
        rows = rows.unread()
    if wanted.group:
        rows = rows.filter(kind__in=wording.kinds_in(wanted.group))
    items = list(rows[: ON_A_PAGE + 1])
    last = items[ON_A_PAGE - 1] if len(items) > ON_A_PAGE else None
    items = items[:ON_A_PAGE]
    return Page(together(items) if wanted.together else [alone(item) for item in items], last)


def alone(item: Notification) -> Line:
    """A line of one."""
    return Line(item, [item])


def unread_of(member: Member) -> int:
    """How many are unread, up to MOST_COUNTED. One query."""
    # Counted here: PostgreSQL has read these few rows anyway.
    unread = Notification.objects.of(member).unread().order_by()
    return len(unread.values_list("pk", flat=True)[:MOST_COUNTED])


def together(items: Iterable[Notification]) -> list[Line]:
    """Lines in the order of their newest notifications."""
    lines: dict[tuple[str, str, bool, int], Line] = {}
    for item in items:
        itself = 0 if wording.can_be_told_together(item.kind) else item.pk
        key = (item.kind, item.topic, item.read_at is None, itself)
        lines.setdefault(key, Line(item)).all.append(item)
    return list(lines.values())


@dataclass(frozen=True)
class MutedTopic:
    """Something about which no e-mail comes, as the member was told of it last."""

    topic: str
    muted_at: datetime
    subject: str
    url: str | None


def muted_by(member: Member, topic: str = "") -> list[MutedTopic]:
    """What a member muted, the newest first, or one of it. One query."""
    rows = Muted.objects.filter(member=member)
    if topic:
        rows = rows.filter(topic=topic)
    newest = Notification.objects.of(member).filter(topic=OuterRef("topic")).order_by("-id")
    rows = rows.annotate(
        subject=Coalesce(Subquery(newest.values("subject")[:1]), Value("")),
        url=Subquery(newest.values("url")[:1]),
    )
    found = rows.order_by("-muted_at", "-id").values_list("topic", "muted_at", "subject", "url")
    return [MutedTopic(*row) for row in found[:MOST_MUTED]]
