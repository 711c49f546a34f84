"""Moderators, and the votes they void."""

from django.contrib.auth.models import Permission

from community.models import Member
from ideas.conditions import Conditions
from ideas.models import Support, Voiding
from ideas.services import voiding
from ideas.services.voiding import Plea
from tests.factories.community import MemberFactory

WHY = "These votes were cast from one desk."


def moderator(handle: str) -> Member:
    """Staff who may void votes, not read with their permissions yet."""
    member = MemberFactory(handle=handle, is_staff=True)
    codes = ["add_voiding", "change_voiding", "view_voiding"]
    member.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return member


def pleaded(by: Member, summary: str = WHY, **conditions: object) -> Voiding:
    """A draft of a voiding."""
    asked = {name: tuple(v) if isinstance(v, list) else v for name, v in conditions.items()}
    return voiding.draft(by=by, plea=Plea(conditions=Conditions(**asked), summary=summary))


def voided(by: Member, summary: str = WHY, **conditions: object) -> Voiding:
    """A voiding that its maker carried out alone."""
    made = pleaded(by, summary, **conditions)
    expected = Support.objects.voidable(made.asked).count()
    return voiding.carry_out(voiding=made, by=by, expected=expected)
