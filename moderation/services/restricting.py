"""Hiding something that no member reported, and showing again what was hidden."""

from django.db import transaction

from community.models import Member
from moderation import policies
from moderation.grounds import Action, Source
from moderation.models import KINDS, Clause, Restriction
from moderation.services import auditing, hiding
from moderation.services.deciding import settle
from moderation.services.opening import case_of
from moderation.services.stating import Finding
from moderation.things import Hideable, locked


@transaction.atomic
def restrict(
    *, thing: Hideable, by: Member, reason: str, clause: Clause | None = None, spam: bool = False
) -> Restriction:
    """Hide what somebody wrote, with a reason that its author will read. Raises Refused.

    It is a case like any other, opened and decided at once; one that runs is decided by it. `spam`
    costs the author points as long as it stands, and reads as removed.

    Of two moderators at once, the second is Refused as `already_hidden`.
    """
    held = locked(thing)
    assert not isinstance(held, Member)
    policies.can_restrict(by, held).enforce()
    case = case_of(thing=held, source=Source.OWN, severity=clause.severity if clause else 1)
    action = Action.REMOVE if spam else Action.HIDE
    finding = Finding(action=action, facts=reason, clause=clause, spam=spam)
    decision = settle(case=case, thing=held, by=by, finding=finding)
    return Restriction.objects.select_related(*KINDS).get(decision=decision)


@transaction.atomic
def lift(*, restriction: Restriction, by: Member, reason: str) -> Restriction:
    """Show a hidden thing again, with a reason. Raises Refused."""
    held = held_with_thing(restriction)
    policies.can_lift(by, held).enforce()
    hiding.show_again(restriction=held, by=by, reason=reason)
    note_lifted(held, by)
    return held


def held_with_thing(restriction: Restriction) -> Restriction:
    """Both locked, the thing first."""
    thing = locked(Restriction.objects.select_related(*KINDS).get(pk=restriction.pk).thing)
    rows = Restriction.objects.select_for_update(of=("self",)).select_related("decision__case")
    held = rows.get(pk=restriction.pk)
    setattr(held, held.kind, thing)
    return held


def note_lifted(restriction: Restriction, by: Member | None) -> None:
    """Into the chain."""
    decision = restriction.decision
    assert decision is not None
    auditing.note(
        kind="lifted" if by else "lapsed",
        actor=by,
        case=decision.case,
        restriction=restriction.pk,
        of_decision=decision.pk,
    )
