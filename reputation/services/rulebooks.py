"""New versions of the rules."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.errors import Refused
from community.models import Member
from reputation import policies
from reputation.models import Rule, RuleBook


@transaction.atomic
def publish_rules(
    *, by: Member, points: Mapping[str, int], daily_cap: int, holds_from: datetime, why: str
) -> RuleBook:
    """Write the next version; what it gives nothing for is left out. Raises Refused."""
    if not why.strip():
        raise Refused(_("Say why the rules change."), code="missing_reason")
    last = RuleBook.objects.select_for_update().order_by("-version").first()
    policies.can_hold_from(holds_from).enforce()
    book = RuleBook.objects.create(
        version=last.version + 1 if last else 1,
        holds_from=holds_from,
        daily_cap=daily_cap,
        why=why.strip(),
        made_by=by,
    )
    Rule.objects.bulk_create(
        Rule(book=book, kind=kind, points=number) for kind, number in points.items() if number
    )
    return book
