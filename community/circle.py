"""A member's friends and requests, and what stands between two members, as both may see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils import timezone

from community import wording
from community.cursors import Key, Page, moment, page_of
from community.models import Block, Friend, Friendship, Member, Mute
from community.models.friendship import WAITING, Bond
from community.models.sight import Visibility, blocked_by, blocking, nearness

PAGE = 30
# Beyond this a number says no more, and counting on would cost.
MOST_COUNTED = 99
NAMED = 3
ASK_AGAIN_AFTER = timedelta(days=30)
# The first time, and twice again.
MOST_ASKS = 3

BY_SINCE = Key("since", moment)
BY_REQUEST = Key("requested_at", moment)
BY_CREATION = Key("created_at", moment)


@dataclass(frozen=True)
class Between:
    """What stands between a viewer and another member, from the viewer's side.

    `state`: none, sent, received or friends. A declined request reads as sent.
    """

    state: str = "none"
    since: datetime | None = None
    asks: int = 0
    asked_at: datetime | None = None
    is_blocked: bool = False
    is_muted: bool = False
    is_self: bool = False

    @property
    def again_at(self) -> datetime | None:
        """From when on the viewer may ask again; None when it never asked."""
        return self.asked_at + ASK_AGAIN_AFTER if self.asks and self.asked_at else None

    @property
    def may_remind(self) -> bool:
        """Whether a request that waits may be made again."""
        again = self.again_at
        return bool(
            self.state == "sent" and again and again <= timezone.now() and self.asks < MOST_ASKS
        )


def between(viewer: Member, member: Member) -> Between:
    """What stands between them. One query, and a second for the distances the viewer keeps."""
    if viewer.pk == member.pk:
        return Between(is_self=True)
    blocked, muted = _distances(viewer, member)
    row = Friendship.objects.between(viewer, member).first()
    if row is None:
        return Between(is_blocked=blocked, is_muted=muted)
    return replace(read_from(row, viewer), is_blocked=blocked, is_muted=muted)


def read_from(row: Friendship, viewer: Member) -> Between:
    """A pair's row from the side of one of the two. No query."""
    side = "lo" if row.lo_id == viewer.pk else "hi"
    return Between(
        state=_state(row, viewer),
        since=row.answered_at if row.state == Bond.FRIENDS else row.requested_at,
        asks=getattr(row, f"{side}_asks"),
        asked_at=getattr(row, f"{side}_asked_at"),
    )


def _state(row: Friendship, viewer: Member) -> str:
    if row.state in (Bond.FRIENDS, Bond.NONE):
        return str(row.state)
    if row.requested_by_id == viewer.pk:
        return "sent"
    # What the viewer declined is over for them, though the other still waits.
    return "received" if row.state == Bond.PENDING else "none"


def _distances(viewer: Member, member: Member) -> tuple[bool, bool]:
    found = (
        Member.objects.filter(pk=viewer.pk)
        .values_list(
            Exists(Block.objects.filter(blocker=viewer, blocked=member)),
            Exists(Mute.objects.filter(member=viewer, muted=member)),
        )
        .first()
    )
    return found or (False, False)


def _shown_edges(rows: QuerySet[Friend], viewer: Member | None) -> QuerySet[Friend]:
    """Friendships whose far end lets the viewer see them, and whom the viewer may see."""
    rows = rows.annotate(nearness=nearness(viewer, "friend"))
    rows = rows.filter(friend__is_active=True, friend__profile__friends_for__lte=F("nearness"))
    if viewer is None:
        return rows
    return rows.exclude(blocking(viewer, "friend")).exclude(blocked_by(viewer, "friend"))


def friends_of(
    member: Member, viewer: Member | None, *, cursor: str = "", size: int = PAGE
) -> Page[Friend]:
    """A member's friends, the newest first: one's own all, of others those who let it be seen.

    Whether `member` shows the list at all, `member.shows("friends")` says.
    """
    rows = Friend.objects.filter(member=member).select_related("friend__profile")
    if viewer is None or viewer.pk != member.pk:
        rows = _shown_edges(rows, viewer)
    else:
        rows = rows.filter(friend__is_active=True)
    return page_of(rows, BY_SINCE, cursor, size)


@dataclass(frozen=True)
class Mutual:
    """Friends in common: how many (at most MOST_COUNTED and one), and the first of them."""

    count: int = 0
    named: list[Member] = field(default_factory=list)

    @property
    def others(self) -> int:
        return self.count - len(self.named)


def mutual(viewer: Member | None, member: Member) -> Mutual:
    """The friends both have, as far as both ends of each friendship let the viewer see it."""
    if viewer is None or viewer.pk == member.pk or not member.shows("friends"):
        return Mutual()
    theirs = Friend.objects.filter(member=member, friend=OuterRef("friend"))
    rows = Friend.objects.filter(member=viewer).select_related("friend")
    rows = _shown_edges(rows.filter(Exists(theirs)), viewer).order_by("-since", "-pk")
    found = [row.friend for row in rows[: MOST_COUNTED + 1]]
    return Mutual(len(found), found[:NAMED])


def mutual_counts(viewer: Member, ids: Iterable[int]) -> dict[int, int]:
    """How many friends the viewer has in common with each of some members who are no friends of
    theirs yet. One query."""
    mine = _shown_edges(Friend.objects.filter(member=viewer), viewer).values("friend")
    rows = Friend.objects.filter(
        member__in=list(ids), friend__in=mine, member__profile__friends_for__lte=Visibility.MEMBERS
    )
    counted = rows.values("member").annotate(number=Count("pk")).order_by()
    return dict(counted.values_list("member", "number"))


def requests_received(member: Member, *, cursor: str = "", size: int = PAGE) -> Page[Friendship]:
    """Who waits for the member's answer, the newest first; each with `mutual_count`."""
    rows = Friendship.objects.received(member).filter(requested_by__is_active=True)
    page = page_of(rows.select_related("requested_by"), BY_REQUEST, cursor, size)
    counts = mutual_counts(member, [row.requested_by_id or 0 for row in page.items])
    for row in page.items:
        row.mutual_count = counts.get(row.requested_by_id or 0, 0)  # type: ignore[attr-defined]
    return page


def requests_sent(member: Member, *, cursor: str = "", size: int = PAGE) -> Page[Friendship]:
    """Whom the member asked and who has not answered, as far as the member knows."""
    rows = Friendship.objects.sent(member).filter(requested_of__is_active=True)
    return page_of(rows.select_related("requested_of"), BY_REQUEST, cursor, size)


def waiting_count(member: Member) -> int:
    """How many requests wait for the member's answer, at most MOST_COUNTED."""
    rows = Friendship.objects.received(member).filter(requested_by__is_active=True)
    return rows[:MOST_COUNTED].count()


def blocks_of(member: Member, *, cursor: str = "", size: int = PAGE) -> Page[Block]:
    """Whom a member blocked, the newest first."""
    rows = Block.objects.filter(blocker=member).select_related("blocked")
    return page_of(rows, BY_CREATION, cursor, size)


def mutes_of(member: Member, *, cursor: str = "", size: int = PAGE) -> Page[Mute]:
    """Whom a member muted, the newest first."""
    rows = Mute.objects.filter(member=member).select_related("muted")
    return page_of(rows, BY_CREATION, cursor, size)


def keeping_away(member_ids: Collection[int], actor_id: int, kind: str) -> set[int]:
    """Those who are not told of what a member did: who muted that member, or blocked, or was
    blocked by them. What somebody says for a team is the team's deed, and reaches all. One query.

    A rule of `recipients`.
    """
    if wording.is_official(kind):
        return set()
    muted = Mute.objects.filter(muted=actor_id, member__in=member_ids).values_list("member")
    blocked = Block.objects.filter(blocker=actor_id, blocked__in=member_ids).values_list("blocked")
    blocking = Block.objects.filter(blocked=actor_id, blocker__in=member_ids).values_list("blocker")
    return {pk for (pk,) in muted.union(blocked, blocking)}


def are_waiting(row: Friendship | None, by: Member) -> bool:
    """Whether a request of this member waits in the row of a pair, declined or not."""
    return row is not None and row.requested_by_id == by.pk and row.state in WAITING
