"""Asking to be friends, answering, and letting go. Each deed is about one row: that of the pair."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community import circle, policies
from community.circle import ASK_AGAIN_AFTER
from community.errors import Refused
from community.events import FriendshipEnded, FriendshipMade, FriendshipRequested
from community.models import Dismissal, Friendship, Member
from community.models.friendship import Bond

# One statement, so that two who ask each other in the same moment become friends: the second waits
# for the first one's row and then finds the request in it. A request that waits stays as it is,
# until it may be made again. `xmax = 0` tells a new row from one that was there.
ASK = """
INSERT INTO community_friendship AS pair
    (lo_id, hi_id, state, requested_by_id, requested_of_id, requested_at,
     lo_asks, lo_asked_at, hi_asks, hi_asked_at)
VALUES (%(lo)s, %(hi)s, 'pending', %(me)s, %(other)s, %(now)s,
        %(lo_asks)s, %(lo_asked_at)s, %(hi_asks)s, %(hi_asked_at)s)
ON CONFLICT (lo_id, hi_id) DO UPDATE SET
    state = CASE WHEN pair.requested_by_id = %(other)s THEN 'friends' ELSE 'pending' END,
    answered_at = CASE WHEN pair.requested_by_id = %(other)s THEN %(now)s END,
    requested_by_id = COALESCE(pair.requested_by_id, %(me)s),
    requested_of_id = COALESCE(pair.requested_of_id, %(other)s),
    requested_at = CASE WHEN pair.requested_by_id = %(other)s THEN pair.requested_at
                        ELSE %(now)s END,
    lo_asks = CASE WHEN pair.requested_by_id = %(other)s THEN 0
                   ELSE pair.lo_asks + EXCLUDED.lo_asks END,
    hi_asks = CASE WHEN pair.requested_by_id = %(other)s THEN 0
                   ELSE pair.hi_asks + EXCLUDED.hi_asks END,
    lo_asked_at = COALESCE(EXCLUDED.lo_asked_at, pair.lo_asked_at),
    hi_asked_at = COALESCE(EXCLUDED.hi_asked_at, pair.hi_asked_at)
WHERE pair.state <> 'friends'
  AND (pair.requested_by_id IS DISTINCT FROM %(me)s OR pair.requested_at <= %(again)s)
RETURNING state
"""


@transaction.atomic
def ask(*, member: Member, other: Member) -> str:
    """Ask to be friends; returns "friends" or "sent". Raises Refused.

    Whoever has been asked by the other becomes their friend. Asking twice is asking once.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    row = Friendship.objects.between(member, other).first()
    if row is not None and _stands(row, member):
        return _read(row)
    if not circle.are_waiting(row, by=other):
        policies.can_ask(member, other, circle.between(member, other)).enforce()
    state = _ask(member, other)
    if state == Bond.FRIENDS:
        record(FriendshipMade(asker_id=other.pk, accepted_by=member.pk), actor=member)
    elif state == Bond.PENDING:
        record(FriendshipRequested(asker_id=member.pk, asked_id=other.pk), actor=member)
    return _read(Friendship.objects.between(member, other).get())


def _stands(row: Friendship, member: Member) -> bool:
    """Friends already, or asked and not yet to be asked again."""
    if row.state == Bond.FRIENDS:
        return True
    again = timezone.now() - ASK_AGAIN_AFTER
    waits = circle.are_waiting(row, by=member)
    return waits and row.requested_at is not None and row.requested_at > again


def _read(row: Friendship) -> str:
    return "friends" if row.state == Bond.FRIENDS else "sent"


def _ask(member: Member, other: Member) -> str:
    """The state that the pair has come to by this; empty when somebody quicker left nothing to
    do: the other accepted, or the same member asked in another tab."""
    lo, hi = sorted((member.pk, other.pk))
    now = timezone.now()
    mine, theirs = (1, now), (0, None)
    (lo_asks, lo_asked_at), (hi_asks, hi_asked_at) = (
        (mine, theirs) if member.pk == lo else (theirs, mine)
    )
    values: dict[str, int | datetime | None] = {
        "lo": lo, "hi": hi, "me": member.pk, "other": other.pk, "now": now,
        "again": now - ASK_AGAIN_AFTER, "lo_asks": lo_asks, "lo_asked_at": lo_asked_at,
        "hi_asks": hi_asks, "hi_asked_at": hi_asked_at,
    }  # fmt: skip
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ASK, values)
            found = cursor.fetchone()
    except IntegrityError as error:
        if "no_friendship_over_a_block" not in str(error.__cause__ or error):
            raise
        # They blocked this one just now. Before, there was no page to ask from.
        raise Refused(_("This member takes no requests."), code="takes_no_requests") from error
    return str(found[0]) if found else ""


@transaction.atomic
def accept(*, member: Member, other: Member) -> None:
    """Say yes to the other's request, also to one that was declined. Raises Refused."""
    now = timezone.now()
    row = _locked(member, other)
    if row is not None and row.state == Bond.FRIENDS:
        return
    if row is None or not circle.are_waiting(row, by=other):
        raise _no_request()
    row.state, row.answered_at = Bond.FRIENDS, now
    row.lo_asks = row.hi_asks = 0
    row.save(update_fields=["state", "answered_at", "lo_asks", "hi_asks"])
    record(FriendshipMade(asker_id=other.pk, accepted_by=member.pk), actor=member)


@transaction.atomic
def decline(*, member: Member, other: Member) -> None:
    """Say no, silently: the other sees the request wait. Raises Refused."""
    row = _locked(member, other)
    if row is None or not circle.are_waiting(row, by=other):
        raise _no_request()
    row.state, row.answered_at = Bond.DECLINED, timezone.now()
    row.save(update_fields=["state", "answered_at"])


@transaction.atomic
def withdraw(*, member: Member, other: Member) -> None:
    """Take one's request back. Without one there is nothing to do. Raises Refused."""
    row = _locked(member, other)
    if row is not None and row.state == Bond.FRIENDS:
        raise Refused(_("They have accepted: you are friends now."), code="friends_already")
    if row is not None and circle.are_waiting(row, by=member):
        _clear(row)


@transaction.atomic
def unfriend(*, member: Member, other: Member) -> None:
    """End a friendship. Nobody is told. Without one there is nothing to do."""
    row = _locked(member, other)
    if row is not None and row.state == Bond.FRIENDS:
        _clear(row)
        record(FriendshipEnded(member_id=member.pk, friend_id=other.pk), actor=member)


@transaction.atomic
def dismiss(*, member: Member, other: Member) -> None:
    """Do not suggest them again."""
    policies.can_keep_distance(member, other).enforce()
    Dismissal.objects.bulk_create(
        [Dismissal(member=member, dismissed=other)], ignore_conflicts=True
    )


def _locked(member: Member, other: Member) -> Friendship | None:
    rows = Friendship.objects.select_for_update(no_key=True)
    return rows.between(member, other).first()


def _clear(row: Friendship) -> None:
    row.state = Bond.NONE
    row.requested_by = row.requested_of = row.requested_at = row.answered_at = None
    row.save(update_fields=["state", "requested_by", "requested_of", "requested_at", "answered_at"])


def _no_request() -> Refused:
    return Refused(_("There is no request to answer: it was withdrawn."), code="no_request")
