"""Voiding votes by a saved query, and undoing it.

Locks are taken in one order by all that touch votes: the voiding, then votes by their ids, then
tallies, for which nobody waits. Each deed is one transaction: whole, or not at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.services import record_all
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.conditions import Conditions
from ideas.events import SupportGiven, SupportsReinstated, SupportsVoided
from ideas.models import Support, Voiding
from ideas.models.support import Cause, SupportState
from ideas.models.voiding import VoidingState
from ideas.services import tallies

AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Plea:
    """What is to be voided and why. `summary` is public; `case` is one of reputation's."""

    conditions: Conditions
    summary: str
    note: str = ""
    case: int | None = None

    def columns(self) -> dict[str, Any]:
        """As they are saved. Raises Refused."""
        if not self.conditions.narrows:
            raise Refused(
                _("Say which votes: conditions without any would void all of them."),
                code="no_conditions",
            )
        if not self.summary.strip():
            raise Refused(_("Say why, for the public log."), code="missing_summary")
        return {
            "conditions": self.conditions.as_json(),
            "summary": self.summary.strip(),
            "note": self.note.strip(),
            "case_number": self.case,
        }


@transaction.atomic
def draft(*, by: Member, plea: Plea) -> Voiding:
    """Save a query. Nothing is voided yet. Raises Refused."""
    policies.can_draft_voiding(by).enforce()
    return Voiding.objects.create(made_by=by, made_at=timezone.now(), **plea.columns())


@transaction.atomic
def redraft(*, voiding: Voiding, by: Member, plea: Plea) -> Voiding:
    """Change what is not asked or carried out yet. Raises Refused."""
    held = _locked(voiding)
    policies.can_change_voiding(by, held).enforce()
    return _write(held, **plea.columns())


@transaction.atomic
def ask_second(*, voiding: Voiding, by: Member) -> Voiding:
    """Let it wait for a second person; from now on it stands as it is. Raises Refused."""
    held = _locked(voiding)
    policies.can_ask_second(by, held).enforce()
    return _write(held, state=VoidingState.WAITING)


@transaction.atomic
def cancel(*, voiding: Voiding, by: Member, why: str) -> Voiding:
    """It will not be carried out. Raises Refused."""
    held = _locked(voiding)
    policies.can_cancel_voiding(by, held).enforce()
    return _end(held, by, why, VoidingState.CANCELLED)


@transaction.atomic
def carry_out(*, voiding: Voiding, by: Member, expected: int) -> Voiding:
    """Void the votes that fit now: `expected` is how many the dry run showed. Raises Refused.

    Above 20 votes that is for somebody else than who made it. Of two at once, the second is
    Refused as `over`.
    """
    held = _locked(voiding)
    votes = _held(Support.objects.voidable(held.asked))
    policies.can_carry_out(by, held, len(votes)).enforce()
    _refuse_changed(len(votes), expected)
    _refuse_own_case(by, votes)
    _void(held, votes)
    done = _write(
        held,
        state=VoidingState.DONE,
        votes=len(votes),
        idea_count=len({vote.idea_id for vote in votes}),
        member_count=len({vote.member_id for vote in votes}),
        board_ids=sorted({vote.idea.board_id for vote in votes}),
        done_by=by,
        done_at=timezone.now(),
    )
    record_all(_facts(SupportsVoided, held, votes), actor=by)
    _fold(votes)
    return done


@transaction.atomic
def undo(*, voiding: Voiding, by: Member, why: str) -> Voiding:
    """Let each vote be again what it was, but for those that were withdrawn. Raises Refused."""
    held = _locked(voiding)
    policies.can_undo_voiding(by, held).enforce()
    votes = _held(Support.objects.filter(voided_by=held))
    _refuse_own_case(by, votes)
    begin = _reinstate(held)
    undone = _end(held, by, why, VoidingState.UNDONE)
    record_all(_facts(SupportsReinstated, held, votes), actor=by)
    for vote in begin:
        given = SupportGiven(
            idea_id=vote.idea_id, author_id=vote.idea.author_id, member_id=vote.member_id
        )
        record_all([given], actor=vote.member)
    _fold(votes)
    return undone


def _locked(voiding: Voiding) -> Voiding:
    return Voiding.objects.select_for_update(of=("self",), no_key=True).get(pk=voiding.pk)


def _held(rows: Any) -> list[Support]:
    """The votes, locked in the order of their ids, each with what is told of its idea."""
    rows = rows.select_for_update(of=("self",), no_key=True).select_related("idea")
    columns = (
        "state", "counted_at", "member_id", "idea__author_id", "idea__board_id",
        "idea__merged_into_id", "idea__co_author_ids",
    )  # fmt: skip
    return list(rows.only(*columns).order_by("pk"))


def _refuse_changed(fitting: int, expected: int) -> None:
    if fitting != expected:
        words = ngettext("%(count)d vote fits now", "%(count)d votes fit now", fitting)
        raise Refused(
            _("%(votes)s, not as many as you looked at. Look again.")
            % {"votes": words % {"count": fitting}},
            code="changed",
        )


def _refuse_own_case(by: Member, votes: Iterable[Support]) -> None:
    for vote in votes:
        if by.pk in (vote.member_id, vote.idea.author_id, *vote.idea.co_author_ids):
            policies.own_case().enforce()


def _void(voiding: Voiding, votes: Sequence[Support]) -> None:
    for some in batched(votes, AT_ONCE, strict=False):
        rows = Support.objects.filter(pk__in=[vote.pk for vote in some])
        rows.update(state=SupportState.VOIDED, cause=Cause.VOIDED, voided_by=voiding)


def _reinstate(voiding: Voiding) -> list[Support]:
    """Free the votes. Returns those that begin to count only now: they had waited for an address
    that was confirmed while they were void."""
    rows = Support.objects.filter(voided_by=voiding)
    rows.filter(state=SupportState.WITHDRAWN).update(voided_by=None)
    confirmed = Q(member__email_verified_at__isnull=False)
    begin = list(rows.filter(confirmed, counted_at=None).select_related("idea", "member"))
    back = {"cause": Cause.REINSTATED, "voided_by": None}
    rows.filter(pk__in=[vote.pk for vote in begin]).update(
        state=SupportState.COUNTED, counted_at=timezone.now(), **back
    )
    rows.filter(counted_at=None).update(state=SupportState.PENDING, **back)
    rows.update(state=SupportState.COUNTED, **back)
    return begin


def _facts[E: (SupportsVoided, SupportsReinstated)](
    kind: type[E], voiding: Voiding, votes: Iterable[Support]
) -> list[E]:
    """Of votes that have counted, those of one member together as far as that goes."""
    told = sorted(
        (vote.member_id, vote.idea_id, vote.idea.author_id) for vote in votes if vote.counted_at
    )
    return [
        kind(batch_id=voiding.pk, votes=[[idea, author, member] for member, idea, author in some])
        for some in batched(told, AT_ONCE, strict=False)
    ]


def _fold(votes: Iterable[Support]) -> None:
    for idea_id in sorted({vote.idea_id for vote in votes}):
        tallies.fold(idea_id)


def _end(voiding: Voiding, by: Member, why: str, state: VoidingState) -> Voiding:
    if not why.strip():
        raise Refused(_("Say why, in a sentence."), code="missing_reason")
    return _write(voiding, state=state, ended_by=by, ended_at=timezone.now(), ended_why=why.strip())


def _write(voiding: Voiding, **columns: Any) -> Voiding:
    for name, value in columns.items():
        setattr(voiding, name, value)
    voiding.save(update_fields=list(columns))
    return voiding
