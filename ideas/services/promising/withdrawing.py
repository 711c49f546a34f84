"""Withdrawing a promise, in public and with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import PromiseWithdrawn
from ideas.models import Promise
from ideas.models.promise import OPEN, PromiseState
from ideas.models.review import DeedKind
from ideas.services import deeds
from ideas.services.promising.open_ones import locked
from ideas.services.promising.pausing import end_pause


@transaction.atomic
def withdraw(*, promise: Promise, by: Member, reason: str) -> Promise:
    """Say that a promise will not be kept, and why. It stays on the record as withdrawn."""
    idea = locked(promise.owed_on)
    rows = Promise.objects.select_for_update(of=("self",), no_key=True)
    promise = rows.select_related("board", "calendar").get(pk=promise.pk)
    policies.can_withdraw_promise(by, promise).enforce()
    if promise.state not in OPEN or promise.owed_on_id != idea.pk:
        raise Refused(_("This promise has ended in the meantime."), code="stale")
    if not reason.strip():
        raise Refused(_("Say why: the reason is public."), code="missing_reason")
    now = timezone.now()
    end_pause(promise, now)
    promise.state, promise.escalate_at, promise.ended_at = PromiseState.WITHDRAWN, None, now
    promise.withdrawn_by, promise.withdrawal_reason = by, reason.strip()
    promise.save()
    deeds.write(idea=idea, member=by, kind=DeedKind.WITHDREW, reason=reason.strip())
    fact = PromiseWithdrawn(promise_id=promise.pk, idea_id=idea.pk, author_id=idea.author_id)
    record(fact, actor=by)
    return promise
