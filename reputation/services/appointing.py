"""The highest level: given and taken by hand, never by the clock."""

from django.db import transaction

from community.models import Member
from reputation import policies
from reputation.demands import BELOW, BY_HAND, VERSION
from reputation.models import TrustChange
from reputation.services.levels import move, review


@transaction.atomic
def appoint(*, member: Member, by: Member, reason: str) -> TrustChange:
    """Give somebody the highest level, with a reason that they will read. Raises Refused."""
    locked = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    policies.can_appoint(by, locked).enforce()
    return _moved(locked, BY_HAND, by, reason)


@transaction.atomic
def dismiss(*, member: Member, by: Member, reason: str) -> TrustChange:
    """Take it back. Whoever has earned the level below it has that at once. Raises Refused."""
    locked = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    policies.can_dismiss(by, locked).enforce()
    change = _moved(locked, BELOW, by, reason)
    review(member_ids=[locked.pk])
    return change


def _moved(member: Member, level: int, by: Member, reason: str) -> TrustChange:
    change = TrustChange(
        member=member,
        before=member.trust_level,
        after=level,
        evidence={"rules": VERSION},
        by=by,
        reason=reason,
    )
    move(changes=[change])
    return change
