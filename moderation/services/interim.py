"""Hiding for the time being what enough members report, until a person has looked."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.models import Friendship, Member
from community.models.friendship import Bond
from moderation import weighing
from moderation.grounds import Action
from moderation.models import Case, Clause, Flag, Restriction
from moderation.services import auditing, hiding, stating
from moderation.services.restricting import held_with_thing, note_lifted
from moderation.services.stating import Finding
from moderation.things import Thing

LASTS = timedelta(hours=24)
# Who reported the same so often and so close to each other counts once.
TOGETHER, WITHIN = 5, timedelta(hours=2)


def weigh(case: Case) -> None:
    """Add up what the reports of a locked case weigh, those who belong together once."""
    flags = dict(case.flags.in_force().values_list("member_id", "weight"))
    case.score = weighing.score(flags, [*_friends(list(flags)), *_in_step(list(flags))])
    case.save(update_fields=["score"])


def _friends(members: list[int]) -> list[tuple[int, int]]:
    pairs = Friendship.objects.filter(lo__in=members, hi__in=members, state=Bond.FRIENDS)
    return list(pairs.values_list("lo_id", "hi_id"))


def _in_step(members: list[int]) -> list[tuple[int, int]]:
    """Pairs who reported the same things at about the same time, again and again."""
    rows = Flag.objects.filter(
        member__in=members,
        case__flags__member__in=members,
        case__flags__member__gt=F("member"),
        case__flags__flagged_at__range=(F("flagged_at") - WITHIN, F("flagged_at") + WITHIN),
    )
    pairs = rows.values("member_id", "case__flags__member_id").annotate(times=Count("pk"))
    often = pairs.filter(times__gte=TOGETHER).order_by()
    return list(often.values_list("member_id", "case__flags__member_id"))


def hide_for_now(case: Case, thing: Thing) -> None:
    """Hide a locked thing if its reports weigh enough: once in a case, and for a day at the most.

    A decision like any other, with its statement, made by nobody.
    """
    if case.score < weighing.HIDES_AT or isinstance(thing, Member) or thing.hidden_at:
        return
    if case.decisions.exists():
        return
    ends = timezone.now() + LASTS
    finding = Finding(action=Action.HIDE, facts=_facts(case), clause=_weightiest_clause(case))
    decision = stating.write(case=case, by=None, finding=finding, ends_at=ends)
    stating.tell(decision=decision, thing=thing)
    hiding.impose(decision=decision, thing=thing, by=None, spam=False)
    case.due_at = min(case.due_at, ends)
    case.save(update_fields=["due_at"])
    auditing.note(kind="hidden_for_now", actor=None, case=case, decision=decision, score=case.score)


def _facts(case: Case) -> str:
    with translation.override(case.author.language):
        return _(
            "Several members say independently of each other that it breaks the house rules. Until "
            "a moderator has looked at it, and for 24 hours at the most, it is not shown."
        )


def _weightiest_clause(case: Case) -> Clause:
    flags = case.flags.in_force().order_by("pk")
    named = weighing.weightiest(flags.values_list("clause_id", "weight"))
    assert named is not None
    return Clause.objects.get(pk=named)


def lapse() -> int:
    """Show again what nobody has looked at in time; returns how much that was."""
    due = Restriction.objects.in_force().filter(decision__ends_at__lte=timezone.now())
    return sum(_end(restriction) for restriction in due.order_by("pk")[:500])


@transaction.atomic
def _end(restriction: Restriction) -> bool:
    held = held_with_thing(restriction)
    if held.lifted_at:
        return False
    with translation.override(held.thing.author.language):
        reason = _("No moderator has looked at it in time. Should one do so later, you hear of it.")
    hiding.show_again(restriction=held, by=None, reason=reason)
    note_lifted(held, None)
    return True
