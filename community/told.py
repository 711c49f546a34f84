"""A page of notifications: what reads as one line put together, and where the older ones are."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from community import wording
from community.models import Member, Notification

ON_A_PAGE = 30


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
    """Some lines, newest first; `before` is where the older ones begin, if there are any."""

    lines: list[Line]
    before: int | None


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see: of one group, or the unread alone."""

    group: str = ""
    unread: bool = False
    before: int | None = None


def page_of(member: Member, wanted: Wanted) -> Page:
    """A page of what a member was told. One query."""
    rows = Notification.objects.of(member).before(wanted.before).for_list()
    if wanted.unread:
        rows = rows.unread()
    if wanted.group:
        rows = rows.filter(kind__in=wording.kinds_in(wanted.group))
    items = list(rows[: ON_A_PAGE + 1])
    more = len(items) > ON_A_PAGE
    items = items[:ON_A_PAGE]
    return Page(together(items), items[-1].pk if more else None)


def together(items: Iterable[Notification]) -> list[Line]:
    """Lines in the order of their newest notifications."""
    lines: dict[tuple[str, str, bool, int], Line] = {}
    for item in items:
        alone = 0 if wording.can_be_told_together(item.kind) else item.pk
        key = (item.kind, item.topic, item.read_at is None, alone)
        lines.setdefault(key, Line(item)).all.append(item)
    return list(lines.values())
