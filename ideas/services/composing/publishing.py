"""Making waiting decisions public: once, and only while they still fit."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from activity.services import record
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import DecisionOvertaken, DecisionProposed, DecisionPublished
from ideas.models import Decision, Idea, PendingDecision
from ideas.models.composing import PendingState
from ideas.services import crediting, steps
from ideas.services.composing.composed import grounds_of, locked_idea

log = logging.getLogger(__name__)

AT_ONCE = 200
NOT_APPROVED = "needs_second_person"


def published(pending: PendingDecision, second: Member | None = None) -> Decision:
    """Make it public, credit the comments it used, and close its row.

    The caller holds the idea; Refused when it does not fit.
    """
    idea, by = pending.idea, pending.proposed_by
    decision = steps.decide(
        idea=idea,
        to=pending.to_status,
        by=by,
        grounds=grounds_of(pending),
        seen=pending.seen,
        answers=pending.answers,
        second=second,
    )
    pending.state, pending.decision = PendingState.PUBLISHED, decision
    pending.ended_at = timezone.now()
    pending.save()
    crediting.credit_from_decision(decision=decision, comment_ids=pending.uses, by=by)
    return decision


def tried(pending: PendingDecision, second: Member | None = None) -> Decision | None:
    """Publish it; when it does not fit any more, mark it as overtaken and have its author told."""
    with override(pending.proposed_by.language):
        try:
            with transaction.atomic():
                return published(pending, second)
        except Refused as refused:
            _mark_overtaken(pending, refused)
            return None


def _mark_overtaken(pending: PendingDecision, refused: Refused) -> None:
    pending.state, pending.ended_at = PendingState.STALE, timezone.now()
    pending.remark = _what_changed(pending.idea, refused)[:500]
    pending.save(update_fields=["state", "ended_at", "remark"])
    fact = DecisionOvertaken(
        idea_id=pending.idea_id, pending_id=pending.pk, member_id=pending.proposed_by_id
    )
    record(fact, actor=None)


def _what_changed(idea: Idea, refused: Refused) -> str:
    last = idea.decisions.select_related("member").order_by("-id").first()
    if refused.code != "stale" or last is None:
        return refused.reason
    who = last.member.display_name if last.member else last.get_origin_display()
    words = _("Another step came first: the idea is now “%(status)s” (%(who)s).")
    return words % {"status": last.get_to_status_display(), "who": who}


@transaction.atomic
def overtake(*, idea_id: int, decision_id: int) -> bool:
    """A step was taken: what was written before it waits no more. Whether anything did."""
    before = PendingDecision.objects.waiting().filter(idea_id=idea_id, seen__lt=decision_id)
    if not before.exists():
        return False
    idea = locked_idea(idea_id)
    pending = before.select_related("proposed_by").first()
    if pending is None:
        return False
    pending.idea = idea
    with override(pending.proposed_by.language):
        _mark_overtaken(pending, steps.stale(idea))
    return True


def publish_due() -> int:
    """Publish what is due, each in a transaction of its own; returns how many became public.

    A row is claimed by its idea's lock, which is let go when its worker dies: then nothing of it
    has happened. What somebody else holds at the moment is left for the next round.
    """
    due = PendingDecision.objects.due(timezone.now()).values_list("pk", "idea_id")
    return sum(_publish(pk, idea_id) for pk, idea_id in list(due[:AT_ONCE]))


def _publish(pk: int, idea_id: int) -> bool:
    try:
        return _publish_one(pk, idea_id, timezone.now())
    except Exception:
        # One that fails for whatever reason must not keep the others from their day.
        log.exception("The decision %d is due and was not published.", pk)
        return False


@transaction.atomic
def _publish_one(pk: int, idea_id: int, now: datetime) -> bool:
    rows = Idea.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    idea = rows.select_related("board__team", "tally").filter(pk=idea_id).first()
    if idea is None:
        return False
    due = PendingDecision.objects.due(now).filter(pk=pk)
    pending = due.select_related("proposed_by", "approved_by").first()
    if pending is None:
        return False
    pending.idea = idea
    return _on_its_day(pending)


def _on_its_day(pending: PendingDecision) -> bool:
    idea, second = pending.idea, pending.approved_by
    verdict = policies.can_publish(idea, pending.to_status, pending.proposed_by, second)
    if verdict.code == NOT_APPROVED:
        # The board began to ask for a second person while it waited.
        _ask_a_colleague(pending)
        return False
    if tried(pending, second) is None:
        return False
    fact = DecisionPublished(
        idea_id=idea.pk, pending_id=pending.pk, member_id=pending.proposed_by_id
    )
    record(fact, actor=None)
    return True


def _ask_a_colleague(pending: PendingDecision) -> None:
    pending.state = PendingState.PROPOSED
    pending.save(update_fields=["state"])
    author = pending.proposed_by
    fact = DecisionProposed(idea_id=pending.idea_id, pending_id=pending.pk, member_id=author.pk)
    record(fact, actor=author)
