"""The end of an account: closed at once, deleted two weeks later unless its member comes back."""

import logging
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community import handles, policies, privacy
from community.errors import Refused
from community.events import AccountClosed, AccountReopened, MemberLeft
from community.models import Departure, Export, FormerHandle, Member
from community.privacy import Answer, Fate, Leaving
from community.services import exporting

log = logging.getLogger(__name__)

GRACE = timedelta(days=14)
# Longer than one batch takes; each batch renews it.
CLAIM_LASTS = timedelta(minutes=10)
HANDLE_HELD_FOR = timedelta(days=365)
BATCH = 1000
# No mail goes there (RFC 2606).
NOWHERE = "@deleted.invalid"


@transaction.atomic
def close_account(*, member: Member, content: str) -> Departure:
    """Close it to everybody now, to be deleted when the time of grace is over. Raises Refused.

    `content`: whether what they wrote is kept or removed; see models.privacy.Content.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.has_left:
        raise Refused(_("This account is closed already."), code="closed")
    policies.can_leave(locked).enforce()
    departure = Departure.objects.create(
        member=locked,
        content=content,
        display_name=locked.display_name,
        handle=locked.handle,
        avatar=locked.avatar.name or "",
        due_at=timezone.now() + GRACE,
    )
    locked.display_name, locked.handle, locked.avatar = "", f"{handles.FORMER}{locked.pk}", ""
    locked.is_active = False
    locked.save(update_fields=["display_name", "handle", "avatar", "is_active"])
    exporting.forget(exports=Export.objects.filter(member=locked))
    record(AccountClosed(departure_id=departure.pk, member_id=locked.pk), actor=locked)
    end_sessions(member_id=locked.pk)
    return departure


@transaction.atomic
def end_sessions(*, member_id: int) -> None:
    """Sign somebody out everywhere."""
    for session in UserSession.objects.filter(user=member_id):
        session.end()


@transaction.atomic
def take_back(*, member: Member) -> Member:
    """The member is back, as if never gone. Refused once the deletion has begun."""
    locked: Member = Member.objects.select_for_update().get(pk=member.pk)
    departure = Departure.objects.in_grace().select_for_update().filter(member=locked).first()
    if departure is None:
        raise Refused(_("This account is deleted."), code="too_late")
    locked.display_name, locked.handle = departure.display_name, departure.handle
    locked.avatar, locked.is_active = departure.avatar, True
    departure.delete()
    locked.save(update_fields=["display_name", "handle", "avatar", "is_active"])
    # Nobody knew them by that one, and it shall not keep them from choosing another.
    FormerHandle.objects.filter(member=locked, handle__startswith=handles.FORMER).delete()
    record(AccountReopened(member_id=locked.pk), actor=locked)
    return locked


def erase_due() -> int:
    """Delete whose time of grace is over; returns how many are done."""
    done = 0
    while departure := claim():
        done += _try(departure)
    return done


@transaction.atomic
def claim() -> Departure | None:
    """The next one that is due, or whose worker died."""
    now = timezone.now()
    free = Departure.objects.free(claims_before=now - CLAIM_LASTS).order_by("due_at", "pk")
    departure = free.select_for_update(skip_locked=True).first()
    if departure is not None:
        departure.claimed_at = now
        departure.begun_at = departure.begun_at or now
        departure.save(update_fields=["claimed_at", "begun_at"])
    return departure


def _try(departure: Departure) -> bool:
    """A failure keeps its claim, and is tried again when that has run out."""
    try:
        erase(departure)
    except Exception:
        log.exception("Member %d is not deleted yet.", departure.member_id)
        return False
    return True


def erase(departure: Departure) -> None:
    """Ask each answer to do its part, then take what is left of the person.

    Every part can be done again without harm: what a killed worker had begun is gone on with.
    """
    leaving = Leaving(
        member_id=departure.member_id,
        email=departure.member.email,
        removes=departure.content == "remove",
    )
    for answer in privacy.answers():
        if answer.name not in departure.done:
            _do_part(departure, answer, leaving)
    _finish(departure)


def _do_part(departure: Departure, answer: Answer, leaving: Leaving) -> None:
    while not _some(answer, leaving):
        _go_on(departure)
    departure.done.append(answer.name)
    _go_on(departure)


def _go_on(departure: Departure) -> None:
    departure.claimed_at = timezone.now()
    departure.save(update_fields=["claimed_at", "done"])


def _some(answer: Answer, leaving: Leaving) -> bool:
    """A batch of an answer's part; whether it is done with."""
    if answer.erase is not None:
        return answer.erase(leaving)
    if answer.fate not in (Fate.REMOVED, Fate.UNLINKED):
        return True
    return _plain_part(answer, leaving)


@transaction.atomic
def _plain_part(answer: Answer, leaving: Leaving) -> bool:
    rows = answer.model._base_manager.filter(**{answer.key: leaving.member_id})
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    some = answer.model._base_manager.filter(pk__in=ids)
    if answer.fate == Fate.REMOVED:
        some.delete()
    else:
        some.update(**{answer.key: None})
    return len(ids) < BATCH


@transaction.atomic
def _finish(departure: Departure) -> None:
    """Nothing is left but a number, and for a year the handle, so that nobody can pose as them."""
    member = Member.objects.select_for_update().get(pk=departure.member_id)
    picture, storage = departure.avatar, member.avatar.storage
    _blank(member)
    departure.display_name = departure.avatar = ""
    departure.done, departure.done_at, departure.claimed_at = [], timezone.now(), None
    departure.save(update_fields=["display_name", "avatar", "done", "done_at", "claimed_at"])
    record(MemberLeft(member_id=member.pk), actor=None)
    if picture:
        transaction.on_commit(lambda: storage.delete(picture), robust=True)


def _blank(member: Member) -> None:
    """Standing, trust level and the day of joining stay: the ledger is recomputed from them."""
    member.email = f"{handles.FORMER}{member.pk}{NOWHERE}"
    member.set_unusable_password()
    member.language, member.time_zone = settings.LANGUAGE_CODE, settings.TIME_ZONE
    member.mails, member.is_staff, member.is_superuser = False, False, False
    member.digest_hour, member.quiet_from, member.quiet_until = 8, None, None
    member.mail_stopped_at = member.mail_resumed_at = None
    member.email_verified_at = member.last_login = member.agreed_up_to = None
    member.save()


def free_handles() -> int:
    """Handles that were held for a year can be chosen again; returns how many."""
    held = Departure.objects.filter(done_at__lt=timezone.now() - HANDLE_HELD_FOR)
    FormerHandle.objects.filter(member__in=held.exclude(handle="").values("member")).delete()
    return held.exclude(handle="").update(handle="")
