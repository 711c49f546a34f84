"""Why a member has the points that they have: entry by entry, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import causes
from community.causes import Named
from community.cursors import Key, page_of
from community.models import Member
from reputation.kinds import Cause, Kind, Thing
from reputation.models import Day, Entry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = 50
# Where the title goes in a sentence, with its link.
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"
BY_DAY = Key("counts_on", lambda value: date.fromisoformat(str(value)))
# Days to look back, as an address names them.
PERIODS = {"7": _("Last 7 days"), "30": _("Last 30 days"), "365": _("Last 12 months")}

# What was done. `what` becomes the title of the thing with a link to it, `who` the one who did it.
WORDS: dict[tuple[str, str], "StrOrPromise"] = {
    (Kind.SUPPORTED, Thing.IDEA): _("%(who)s supported your idea %(what)s"),
    (Kind.HELPFUL, Thing.COMMENT): _("%(who)s found your comment on %(what)s helpful"),
    (Kind.HELPFUL, Thing.REPLY): _("%(who)s found your reply to %(what)s helpful"),
    (Kind.ANSWERED, Thing.REPLY): _("Your answer to %(what)s was accepted"),
    (Kind.ACCEPTED, Thing.REPLY): _("You accepted an answer to %(what)s"),
    (Kind.BUILT_ON, Thing.COMMENT): _("What you added to %(what)s was taken up"),
    (Kind.PLANNED, Thing.IDEA): _("Your idea %(what)s was planned"),
    (Kind.SHIPPED, Thing.IDEA): _("Your idea %(what)s was shipped"),
    (Kind.CREDITED, Thing.IDEA): _("The idea %(what)s, which you had a part in, was shipped"),
    (Kind.SPAM, Thing.IDEA): _("Your idea %(what)s was removed as spam"),
    (Kind.SPAM, Thing.COMMENT): _("Your comment on %(what)s was removed as spam"),
    (Kind.SPAM, Thing.TOPIC): _("Your topic %(what)s was removed as spam"),
    (Kind.SPAM, Thing.REPLY): _("Your reply to %(what)s was removed as spam"),
}
# Where the title may not be shown (any more).
UNNAMED = {
    Thing.IDEA: _("that is not shown any more"),
    Thing.COMMENT: _("something that is not shown any more"),
    Thing.TOPIC: _("that is not shown any more"),
    Thing.REPLY: _("something that is not shown any more"),
}


@dataclass(frozen=True)
class Line:
    """One entry in words: what stands before the title, the title, and what follows it."""

    entry: Entry
    before: str
    named: Named | None
    unnamed: "StrOrPromise"
    after: str
    note: "StrOrPromise"

    @property
    def has_reason(self) -> bool:
        """Whether the public record of voided votes says why."""
        return self.entry.cause in (Cause.VOIDED, Cause.REINSTATED)

    @property
    def sentence(self) -> str:
        """All of it as one text."""
        title = f"“{self.named.title}”" if self.named else self.unnamed
        return f"{self.before}{title}{self.after}" + (f" ({self.note})" if self.note else "")


@dataclass(frozen=True)
class DayOfPoints:
    """What stands under one day. `standing`: what the member had at its end.

    `cut` is how much the cap took from it, 0 where it did not bite.
    """

    day: date
    points: int
    cut: int
    cap: int
    standing: int
    lines: list[Line]


@dataclass(frozen=True)
class Asked:
    """Filters, as an address names them; what is unknown filters nothing."""

    kind: str = ""
    period: str = ""
    cursor: str = ""


def explain(member: Member, viewer: Member, asked: Asked) -> tuple[list[DayOfPoints], str]:
    """A page of a member's points, the newest day first, and the cursor of the next page.

    Raises BadCursor. The number of queries does not depend on that of the rows.
    """
    page = page_of(_entries(member, asked), BY_DAY, asked.cursor, PAGE)
    if not page.items:
        return [], ""
    newest, oldest = page.items[0].counts_on, page.items[-1].counts_on
    days = Day.objects.filter(member=member)
    shown = {day.day: day for day in days.filter(day__range=(oldest, newest)).order_by("-day")}
    newer = days.filter(day__gt=newest).aggregate(points=Sum("points", default=0))
    ends = _at_the_end(shown.values(), member.standing - newer["points"])
    lines = groupby(_lines(page.items, viewer), key=lambda line: line.entry.counts_on)
    return [_told(shown[on], ends[on], [*some]) for on, some in lines], page.next


def _entries(member: Member, asked: Asked) -> QuerySet[Entry]:
    rows = Entry.objects.filter(member=member)
    if asked.kind in Kind.values:
        rows = rows.filter(kind=asked.kind)
    if asked.period in PERIODS:
        since = timezone.now() - timedelta(days=int(asked.period))
        rows = rows.filter(counts_on__gte=since.date())
    return rows


def _at_the_end(days: Iterable[Day], standing: int) -> dict[date, int]:
    """What was reached with each day, counted back from the newest."""
    ends = {}
    for day in days:
        ends[day.day] = standing
        standing -= day.points
    return ends


def _told(day: Day, standing: int, lines: list[Line]) -> DayOfPoints:
    cut = day.capped + day.free - day.points
    return DayOfPoints(day.day, day.points, cut, day.capped - cut, standing, lines)


def _lines(entries: list[Entry], viewer: Member) -> Iterator[Line]:
    names = causes.name_all({(e.thing, e.thing_id) for e in entries}, viewer)
    voters = _voters({e.actor_id for e in entries if e.kind == Kind.SUPPORTED}, viewer)
    for entry in entries:
        words = str(WORDS[entry.kind, entry.thing])
        who = voters.get(entry.actor_id) if entry.kind == Kind.SUPPORTED else None
        said = words % {"who": who or gettext("A member"), "what": GAP}
        before, _gap, after = said.partition(GAP)
        named = names.get((entry.thing, entry.thing_id))
        note = "" if entry.cause == Cause.EARNED else Cause(entry.cause).label
        yield Line(entry, before, named, UNNAMED[Thing(entry.thing)], after, note)


def _voters(numbers: set[int], viewer: Member) -> dict[int, str]:
    """The names of those who show the viewer what they support."""
    rows = Member.objects.seen_by(viewer).filter(pk__in=numbers)
    return {one.pk: one.display_name for one in rows if one.shows("supports")} if numbers else {}
