"""Members: joining, confirming, and what they say of themselves."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import File
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community import handles, pictures, policies
from community.errors import Refused
from community.events import AddressConfirmed, MemberJoined
from community.models import Departure, Member
from community.services import bouncing

AVATAR_SIDE = 256
# By a member, or by who left it less than a year ago.
HANDLE_TAKEN = {"one_member_per_handle", "old_handles_are_kept"}
PROFILE = {"display_name", "handle", "language", "time_zone", "mails", "picture"}


@transaction.atomic
def join(*, member: Member) -> Member:
    """Save a new member, under a free handle made from the name unless one is set.

    The password is set (or made unusable) by the caller. Raises Refused when the address is taken.
    """
    if member.handle:
        if not _insert(member):
            raise _handle_taken()
    else:
        _insert_under_free_handle(member)
    record(MemberJoined(member_id=member.pk), actor=member)
    return member


def _insert_under_free_handle(member: Member) -> None:
    for handle in handles.candidates(member.display_name, member.email):
        member.handle = handle
        if not Member.objects.filter(handle=handle).exists() and _insert(member):
            return


def _insert(member: Member) -> bool:
    """False when somebody else just took the handle."""
    try:
        with transaction.atomic():
            member.save(force_insert=True)
            _refuse_held(member.handle)
    except Refused:
        return False
    except IntegrityError as error:
        constraint = _constraint(error)
        if constraint in HANDLE_TAKEN:
            return False
        if constraint == "one_member_per_address":
            raise _address_taken() from error
        raise
    return True


@transaction.atomic
def confirm_address(*, member: Member) -> None:
    """Note that the member's address is theirs. The first time, what waited for it may count."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    EmailAddress.objects.update_or_create(
        user=locked, email=locked.email.lower(), defaults={"verified": True, "primary": True}
    )
    if locked.mail_stopped_at is not None:
        bouncing.resume(member=locked, by=locked)
    if locked.email_verified_at is None:
        locked.email_verified_at = timezone.now()
        locked.save(update_fields=["email_verified_at"])
        record(AddressConfirmed(member_id=locked.pk), actor=locked)
    member.email_verified_at = locked.email_verified_at


@transaction.atomic
def save_profile(*, member: Member, **changes: Any) -> Member:
    """Change display_name, handle, language, time_zone or mails; `picture` is an upload, or None
    to go back to the drawn one. All or nothing: raises Refused. Returns the member as it is now."""
    if unknown := set(changes) - PROFILE:
        raise TypeError(f"Not of a profile: {', '.join(sorted(unknown))}")
    locked: Member = Member.objects.select_for_update().get(pk=member.pk)
    is_renamed = changes.get("handle", locked.handle) != locked.handle
    if is_renamed:
        _refuse_reserved(changes["handle"])
        policies.can_change_handle(locked).enforce()
    if "picture" in changes:
        _replace_picture(locked, changes.pop("picture"))
    for field, value in changes.items():
        setattr(locked, field, value)
    _update(locked, changes)
    if is_renamed:
        _refuse_held(locked.handle)
    return locked


def _update(member: Member, fields: Iterable[str]) -> None:
    try:
        with transaction.atomic():
            member.save(update_fields=fields)
    except IntegrityError as error:
        if _constraint(error) not in HANDLE_TAKEN:
            raise
        raise _handle_taken() from error


def _refuse_held(handle: str) -> None:
    """Of somebody who left lately. Asked once the handle is written: until then, its owner may be
    just about to leave."""
    if Departure.objects.holding(handle).exists():
        raise _handle_taken()


def _refuse_reserved(handle: str) -> None:
    if handles.is_reserved(handle):
        raise Refused(_("This handle is kept for the site."), code="handle_reserved")


def _replace_picture(member: Member, upload: "File[bytes] | None") -> None:
    old, storage = member.avatar.name, member.avatar.storage
    member.avatar = pictures.reencode(upload, square=AVATAR_SIDE)[0] if upload else ""
    member.save(update_fields=["avatar"])
    if old:
        # Only once the new one is sure: a rollback must not leave a member without a file.
        transaction.on_commit(lambda: storage.delete(old), robust=True)


@transaction.atomic
def set_trust_levels(*, member_ids: Collection[int], level: int) -> None:
    """For reputation: the level that its rules found. It has written why before."""
    Member.objects.filter(pk__in=member_ids).update(trust_level=level)


@transaction.atomic
def add_to_standing(*, points: Mapping[int, int]) -> None:
    """For reputation: what the ledger gives to each member, or takes from them."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"members": list(points), "points": list(points.values())})


# Locked in the order of their ids, as everybody does who needs several members.
_ADD = """
    WITH held AS (
        SELECT id, more FROM community_member
        JOIN unnest(%(members)s::bigint[], %(points)s::int[]) AS added (id, more) USING (id)
        ORDER BY id FOR NO KEY UPDATE OF community_member
    )
    UPDATE community_member SET standing = standing + held.more
    FROM held WHERE held.id = community_member.id
"""


@transaction.atomic
def set_graph_trust(*, ranks: Mapping[int, float]) -> int:
    """For reputation: ranks by member. Whoever is not in it has none; returns how many changed.
    Those whose rank hardly moved keep it, so that a nightly run rewrites few rows."""
    with connection.cursor() as cursor:
        cursor.execute(_SET_GRAPH_TRUST, [list(ranks), list(ranks.values()), GRAPH_TRUST_STEP])
        return int(cursor.rowcount)


GRAPH_TRUST_STEP = 0.005
_SET_GRAPH_TRUST = """
    WITH ranked AS (SELECT * FROM unnest(%s::bigint[], %s::float8[]) AS ranked (id, trust)),
    changed AS (
        SELECT member.id, ranked.trust
        FROM community_member AS member LEFT JOIN ranked USING (id)
        WHERE (member.graph_trust IS NULL) <> (ranked.trust IS NULL)
           OR abs(member.graph_trust - ranked.trust) >= %s
        ORDER BY member.id FOR NO KEY UPDATE OF member
    )
    UPDATE community_member AS member SET graph_trust = changed.trust
    FROM changed WHERE changed.id = member.id
"""


def _constraint(error: IntegrityError) -> str | None:
    diagnosis = getattr(error.__cause__, "diag", None)
    name: str | None = getattr(diagnosis, "constraint_name", None)
    return name


def _handle_taken() -> Refused:
    return Refused(_("Another member has this handle."), code="handle_taken")


def _address_taken() -> Refused:
    return Refused(_("Another member uses this address."), code="address_taken")
