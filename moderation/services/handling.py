"""Taking a case into one's hands, so that two do not look into it, and giving it back."""

from django.db import transaction

from community.models import Member
from moderation import policies
from moderation.models import Case
from moderation.services import auditing
from moderation.services.opening import hand, locked_case


@transaction.atomic
def claim(*, case: Case, by: Member) -> Case:
    """Take it. Raises Refused: of two at once, the second."""
    held, _thing = locked_case(case)
    policies.can_claim(by, held).enforce()
    hand(held, by)
    auditing.note(kind="claimed", actor=by, case=held)
    return held


@transaction.atomic
def release(*, case: Case, by: Member) -> Case:
    """Give it back. Raises Refused."""
    held, _thing = locked_case(case)
    policies.can_release(by, held).enforce()
    hand(held, None)
    auditing.note(kind="released", actor=by, case=held)
    return held
