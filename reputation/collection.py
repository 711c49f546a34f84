"""Badges as pages show them: all there are, who has one, and which a member has."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from community import causes
from community.causes import Named
from community.cursors import Key, Page, moment, page_of
from community.models import Member
from reputation.badges import ALL, BY_SLUG, PLACES, Badge, Grade
from reputation.kinds import Thing
from reputation.models import BadgeTally, Holding

PAGE = 30
# So many of those who have a badge are looked at for one page, whether they are shown or not: the
# cost does not grow with those who are not.
CANDIDATES = 200
BY_LATEST = Key("latest_at", moment)
NOBODY = BadgeTally()


@dataclass(frozen=True)
class Shown:
    """A badge, how many have it, and how many times the viewer does."""

    badge: Badge
    tally: BadgeTally
    yours: int = 0


@dataclass(frozen=True)
class Shelf:
    """The badges of one grade."""

    grade: Grade
    badges: list[Shown] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A member has a badge. `named` is what for last, where the viewer may see it; nothing is
    said of it where the badge is had once, or of comments that are not shown to the viewer."""

    holding: Holding
    named: Named | None

    @property
    def badge(self) -> Badge:
        return self.holding.told


def shelves(viewer: Member | None) -> list[Shelf]:
    """All badges, gold first. One query, and a second one for a member."""
    tallies = BadgeTally.objects.in_bulk()
    own = Holding.objects.filter(member=viewer) if viewer else Holding.objects.none()
    yours = dict(own.values_list("badge", "times"))
    found = {grade: Shelf(grade) for grade in reversed(Grade)}
    for badge in ALL:
        tally = tallies.get(badge.slug, NOBODY)
        found[badge.grade].badges.append(Shown(badge, tally, yours.get(badge.slug, 0)))
    return list(found.values())


def one(badge: Badge, viewer: Member | None) -> Shown:
    """One badge in the same way."""
    tally = BadgeTally.objects.filter(pk=badge.slug).first() or NOBODY
    if viewer is None:
        return Shown(badge, tally)
    own = Holding.objects.filter(member=viewer, badge=badge.slug)
    return Shown(badge, tally, own.values_list("times", flat=True).first() or 0)


def holders(badge: Badge, viewer: Member | None, cursor: str = "") -> Page[Line]:
    """Who has a badge and lets the viewer find them, the newest first. Raises BadCursor.

    A page may be short, or empty, and yet have another one behind it.
    """
    near = page_of(Holding.objects.filter(badge=badge.slug), BY_LATEST, cursor, CANDIDATES)
    rows = Holding.objects.shown_to(viewer).filter(pk__in=[row.pk for row in near.items])
    found = list(rows.order_by("-latest_at", "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    open_ = [row for row in shown if _is_open(row, row.member.profile.comments_for, row)]
    onward = BY_LATEST.encode(shown[-1]) if len(found) > PAGE else near.next
    return Page(_lines(shown, open_, viewer), onward)


def badges_of(member: Member, viewer: Member | None, _cursor: str = "") -> Page[Line]:
    """All the badges of a member who was read by `seen_by`, gold first: so many there are."""
    rows = list(Holding.objects.filter(member=member, badge__in=BY_SLUG))
    rows.sort(key=lambda row: PLACES[row.badge])
    open_ = [row for row in rows if _is_open(row, member.profile.comments_for, member)]
    return Page(_lines(rows, open_, viewer))


def _is_open(row: Holding, comments_for: int, seen: Holding | Member) -> bool:
    """Whether to say what it is for: comments are shown to whom their author shows them."""
    near: int = seen.nearness  # type: ignore[union-attr]
    return bool(row.thing) and (row.thing != Thing.COMMENT or comments_for <= near)


def _lines(rows: Sequence[Holding], open_: Sequence[Holding], viewer: Member | None) -> list[Line]:
    names = causes.name_all({(row.thing, row.thing_id) for row in open_}, viewer)
    told = {row.pk for row in open_}
    return [
        Line(row, names.get((row.thing, row.thing_id)) if row.pk in told else None) for row in rows
    ]
