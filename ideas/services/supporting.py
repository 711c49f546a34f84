from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from activity.services import record, record_all
from community.models import Member
from ideas import policies
from ideas.events import SupportGiven, SupportWithdrawn
from ideas.models import Idea, Support
from ideas.models.support import Cause, SupportState
from ideas.services import tallies


@transaction.atomic
def give_support(*, idea: Idea, member: Member) -> int:
    """Set a member's support; harmless when it is set already. Returns the idea's supporters.

    It waits as pending while the member's address is unconfirmed. For an idea that was merged it
    is given to the one that stands for it. Raises Refused.
    """
    idea = standing(idea)
    policies.can_support(member, idea).enforce()
    if idea.board.uses_budget:
        # Two clicks at once must not both take the last of a budget.
        Member.objects.select_for_update(no_key=True).only("pk").get(pk=member.pk)
        policies.can_spend(member, idea).enforce()
    state = SupportState.COUNTED if member.is_verified else SupportState.PENDING
    changed = _set(idea, member, state)
    if changed and state == SupportState.COUNTED:
        fact = SupportGiven(idea_id=idea.pk, author_id=idea.author_id, member_id=member.pk)
        record(fact, actor=member)
    elif not changed:
        _refuse_voided(idea, member)
    return tallies.fold(idea.pk)


def _refuse_voided(idea: Idea, member: Member) -> None:
    """What was voided, here or where it was merged from, is not given once more."""
    rows = Support.objects.in_group(idea.pk).filter(member=member)
    if rows.filter(voided_by__isnull=False).exists():
        policies.is_voided().enforce()


def standing(idea: Idea) -> Idea:
    """The idea itself, or the one it was merged into.

    Somebody may merge it a moment later: then the vote stands on the merged idea, and counts.
    """
    if idea.merged_into_id is None:
        return idea
    return Idea.objects.select_related("board", "tally").get(pk=idea.merged_into_id)


# One statement, so that any number of clicks at once leaves one row; a row comes back only if the
# vote changed.
_SET = """
    INSERT INTO ideas_support AS vote (idea_id, member_id, state, cause, counted_at)
    SELECT %(idea)s, %(member)s, %(state)s, 'given', %(counted_at)s
    WHERE NOT EXISTS (
        SELECT FROM ideas_support void JOIN ideas_idea idea ON idea.id = void.idea_id
        WHERE void.member_id = %(member)s AND void.voided_by_id IS NOT NULL
          AND %(idea)s IN (idea.id, idea.merged_into_id))
    ON CONFLICT (idea_id, member_id) DO UPDATE
    SET state = excluded.state, cause = excluded.cause, counted_at = excluded.counted_at
    WHERE vote.voided_by_id IS NULL
      AND (vote.state = 'withdrawn' OR (vote.state = 'pending' AND excluded.state = 'counted'))
    RETURNING id
"""


def _set(idea: Idea, member: Member, state: SupportState) -> bool:
    """Insert the vote or bring a withdrawn one back; False when it stood already."""
    values: dict[str, Any] = {
        "idea": idea.pk,
        "member": member.pk,
        "state": state.value,
        "counted_at": timezone.now() if state == SupportState.COUNTED else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SET, values)
        return cursor.fetchone() is not None


@transaction.atomic
def withdraw_support(*, idea: Idea, member: Member) -> int:
    """Take a member's support back; harmless when there is none. Returns the idea's supporters.

    Whoever withdraws from an idea withdraws from all that were merged into it, too.
    """
    idea = standing(idea)
    given = (
        Support.objects.given()
        .in_group(idea.pk)
        .filter(member=member)
        .select_for_update(of=("self",), no_key=True)
        .select_related("idea")
        .order_by("pk")
    )
    for support in given:
        _take_back(support, member)
    return tallies.fold(idea.pk)


def _take_back(support: Support, member: Member) -> None:
    counted = support.counted_at is not None
    support.state, support.cause = SupportState.WITHDRAWN, Cause.WITHDRAWN
    support.save(update_fields=["state", "cause"])
    if counted:
        author = support.idea.author_id
        fact = SupportWithdrawn(idea_id=support.idea_id, author_id=author, member_id=member.pk)
        record(fact, actor=member)
        tallies.fold(support.idea_id)


@transaction.atomic
def count_pending(*, member: Member) -> int:
    """Let what waited for a confirmed address count; returns how many votes that were."""
    waiting = list(
        Support.objects.select_for_update(of=("self",), no_key=True)
        .filter(member=member, state=SupportState.PENDING)
        .select_related("idea")
        .order_by("pk")
    )
    now = timezone.now()
    Support.objects.filter(pk__in=[s.pk for s in waiting]).update(
        state=SupportState.COUNTED, cause=Cause.ADDRESS_CONFIRMED, counted_at=now
    )
    record_all(
        [
            SupportGiven(idea_id=s.idea_id, author_id=s.idea.author_id, member_id=member.pk)
            for s in waiting
        ],
        actor=member,
    )
    for support in waiting:
        tallies.fold(support.idea_id)
    return len(waiting)
