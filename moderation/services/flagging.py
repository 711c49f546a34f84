"""Members' reports."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.models import Member
from moderation import policies, weighing
from moderation.events import FlagCast, FlagWithdrawn
from moderation.grounds import Source
from moderation.models import Case, Clause, Flag, Outcome
from moderation.services import auditing, interim
from moderation.services.opening import case_of, locked_case
from moderation.things import Thing, locked


@transaction.atomic
def flag(*, thing: Thing, by: Member, clause: Clause, note: str = "") -> Flag:
    """Report something by a clause that holds. Raises Refused.

    What it says now is what the moderator will see, whatever becomes of it: an edit at the same
    time waits, or comes before. Enough of weight hides it for the time being.
    """
    held = locked(thing)
    policies.can_flag(by, held).enforce()
    if not Clause.objects.in_force().filter(pk=clause.pk).exists():
        raise Refused(_("This rule does not hold any more."), code="old_clause")
    case = case_of(thing=held, source=Source.MEMBERS, severity=clause.severity)
    made = _cast(case, by, clause, note)
    interim.weigh(case)
    record(FlagCast(flag_id=made.pk, case_id=case.pk, author_id=case.author_id), actor=by)
    auditing.note(kind="reported", actor=by, case=case, report=made.pk, clause=clause.key)
    interim.hide_for_now(case, held)
    return made


def _cast(case: Case, by: Member, clause: Clause, note: str) -> Flag:
    """With what it weighs today, for good."""
    record_of = Flag.objects.judged().filter(member=by)
    counts = record_of.aggregate(all=Count("pk"), right=Count("pk", Q(outcome=Outcome.UPHELD)))
    right, judged = counts["right"], counts["all"]
    return Flag.objects.create(
        case=case,
        member=by,
        clause=clause,
        note=note,
        weight=weighing.weight(
            trust_level=by.trust_level, is_staff=by.is_staff, right=right, judged=judged
        ),
        accuracy=right / judged if judged else None,
        judged=judged,
    )


@transaction.atomic
def withdraw_flag(*, flag: Flag, by: Member) -> Flag:
    """Take one's report back. What was hidden for the time being stays so: a person looks."""
    case, _thing = locked_case(flag.case)
    held = Flag.objects.select_for_update().get(pk=flag.pk)
    held.case = case
    policies.can_withdraw_flag(by, held).enforce()
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    interim.weigh(case)
    record(FlagWithdrawn(flag_id=held.pk, case_id=case.pk), actor=by)
    auditing.note(kind="report_withdrawn", actor=by, case=case, report=held.pk)
    return held
