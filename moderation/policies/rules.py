"""Who writes the house rules, and when a draft may be published."""

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.verdicts import YES, Verdict, no
from moderation.models import HouseRules

MAY_DRAFT = "moderation.add_houserules"
MAY_PUBLISH = "moderation.change_houserules"


def can_draft_rules(member: Member, newest: HouseRules | None) -> Verdict:
    """Whether somebody may begin the next version. There is one draft at a time."""
    verdict = _writes(member, MAY_DRAFT)
    if verdict and newest is not None and newest.published_at is None:
        return no("draft_there", _("There is a draft already. Go on with that one."))
    return verdict


def can_publish_rules(member: Member, rules: HouseRules, *, has_clauses: bool) -> Verdict:
    """Whether somebody may make a draft the rules to come."""
    verdict = _writes(member, MAY_PUBLISH)
    if verdict and rules.published_at is not None:
        return no("published", _("This version is published already."))
    if verdict and not has_clauses:
        return no("no_clauses", _("House rules without a clause forbid nothing."))
    return verdict


def _writes(member: Member, permission: str) -> Verdict:
    if not (member.is_staff and member.has_perm(permission)):
        return no("not_an_administrator", _("This is for administrators."))
    return YES
