"""Leaderboards as they are read: the page, the API and the archive ask here.

Only what services.ranking wrote is read; who is named is decided at this moment, by the settings of
the members.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone
from taggit.models import Tag

from community.cursors import Key, Page, page_of
from community.models import Member
from community.sections import Section, sections
from reputation.models import Day, Leader, Leaderboard
from reputation.models.leaderboards import LeaderboardQuerySet, LeaderQuerySet
from reputation.periods import ENDING, NEW_FOR, Area, Period, before, begin, day_of, end

# How many are listed, on the list itself and on the one beside it.
TOP, BESIDE = 100, 10
# Of each of those that are over, and how many of these on a page.
MEDALS, PAST_PAGE = 3, 10
TAGS = 12
LATEST = Key("starts_on", lambda value: date.fromisoformat(str(value)))


@dataclass(frozen=True)
class Part:
    """A part of the site, by its number and by its word in addresses."""

    area: Area = Area.SITE
    number: int = 0
    slug: str = ""
    name: str = ""


@dataclass(frozen=True)
class Listed:
    """One leaderboard, with those on it who are named to the viewer."""

    period: Period
    starts_on: date | None
    part: Part = field(default_factory=Part)
    head: Leaderboard | None = None
    leaders: Sequence[Leader] = ()
    you: "You | None" = None

    @property
    def ends_on(self) -> date | None:
        return end(self.period, self.starts_on) if self.starts_on else None

    @property
    def members(self) -> int:
        """How many have points."""
        return self.head.members if self.head else 0

    @property
    def is_long(self) -> bool:
        """Whether there are more than it lists."""
        return self.members > TOP

    @property
    def has_gaps(self) -> bool:
        return len(self.leaders) < min(self.members, TOP)

    @property
    def asked_for(self) -> int:
        """What the last one on it has."""
        return self.leaders[-1].points if self.leaders else 0


@dataclass(frozen=True)
class You:
    """Where the viewer stands: no rank beyond the first hundred, and points as far as known."""

    rank: int | None = None
    points: int | None = None


@dataclass(frozen=True)
class Shown:
    """The list that was asked for, and a short one beside it."""

    listed: Listed
    beside: Listed | None


def part_of(boards: Sequence[Section], board: str = "", tag: str = "") -> Part | None:
    """The part of the site of that slug; None where there is none."""
    if board:
        found = (one for one in boards if one.slug == board)
        return next((Part(Area.BOARD, one.number, one.slug, one.name) for one in found), None)
    if tag:
        row = Tag.objects.filter(slug=tag).first()
        return Part(Area.TAG, row.pk, row.slug, row.name) if row else None
    return Part()


def boards() -> list[Section]:
    return sections()


def busiest_tags() -> list[Any]:
    """The tags under which the most points were earned, by name. One query."""
    most = Leaderboard.objects.filter(area=Area.TAG, period=Period.EVER).order_by("-points")
    return list(Tag.objects.filter(pk__in=most.values("area_id")[:TAGS]).order_by("name"))


def read(part: Part, period: Period, viewer: Member | None) -> Shown:
    """A leaderboard and the one beside it. Two queries; three if the viewer is not on it."""
    today = day_of(timezone.now())
    listed = Listed(period, begin(period, today), part)
    beside = _beside(listed)
    heads = _heads([listed, beside] if beside else [listed])
    leaders = list(_leaders(viewer, [one.pk for one in heads]))
    listed = _filled(listed, heads, leaders, TOP)
    if viewer:
        listed = replace(listed, you=_you(listed, viewer))
    return Shown(listed, _filled(beside, heads, leaders, BESIDE) if beside else None)


def _beside(listed: Listed) -> Listed | None:
    """Newcomers beside those of all time; the former week, month or year beside this one."""
    if listed.period == Period.EVER:
        return Listed(Period.NEWCOMERS, None, listed.part)
    if listed.starts_on is None or listed.part.area != Area.SITE:
        return None
    return Listed(listed.period, before(listed.period, listed.starts_on), listed.part)


def _heads(wanted: Sequence[Listed]) -> list[Leaderboard]:
    keys = Q()
    for one in wanted:
        keys |= Q(area=one.part.area, area_id=one.part.number, period=one.period,
                  starts_on=one.starts_on)  # fmt: skip
    return list(Leaderboard.objects.filter(keys))


def _leaders(viewer: Member | None, ids: Sequence[int], most: int = TOP) -> LeaderQuerySet:
    rows = Leader.objects.filter(leaderboard__in=ids, position__lte=most).seen_by(viewer)
    return rows.for_lists().order_by("leaderboard", "position")


def _filled(
    listed: Listed, heads: Sequence[Leaderboard], leaders: Sequence[Leader], most: int
) -> Listed:
    found = (h for h in heads if (h.period, h.starts_on) == (listed.period, listed.starts_on))
    head = next(found, None)
    if head is None:
        return listed
    named = [one for one in leaders if one.leaderboard_id == head.pk and one.position <= most]
    return replace(listed, head=head, leaders=named)


def _you(listed: Listed, viewer: Member) -> You | None:
    """None for whom this list is not: those who are no newcomers any more."""
    for one in listed.leaders:
        if one.member_id == viewer.pk:
            return You(one.rank, one.points)
    if listed.period == Period.NEWCOMERS and not is_new(viewer):
        return None
    return You(None, _points(listed, viewer) if listed.is_long else 0)


def is_new(member: Member) -> bool:
    return member.date_joined >= timezone.now() - timedelta(days=NEW_FOR)


def _points(listed: Listed, viewer: Member) -> int | None:
    """What the viewer has, where it is not listed: of the whole site, in a year's days at most."""
    if listed.part.area != Area.SITE:
        return None
    if listed.starts_on is None:
        return viewer.standing
    days = Day.objects.filter(member=viewer, day__gte=listed.starts_on)
    points: int = days.aggregate(points=Sum("points", default=0))["points"]
    return points


def past(period: Period, viewer: Member | None, cursor: str) -> Page[Listed]:
    """Who led in weeks, months or years that are over, the latest first. Raises BadCursor."""
    today = day_of(timezone.now())
    running = begin(period, today) if period in ENDING else None
    rows: LeaderboardQuerySet = Leaderboard.objects.ended(period, running or today)
    page = page_of(rows, LATEST, cursor, PAST_PAGE)
    leaders = list(_leaders(viewer, [one.pk for one in page.items]).filter(rank__lte=MEDALS))
    listed = [Listed(period, one.starts_on) for one in page.items]
    return Page([_filled(one, page.items, leaders, TOP) for one in listed], page.next)
