"""Whom one can sign in as in the demo."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from community import avatars
from community.models import Member


@dataclass(frozen=True)
class Login:
    """What the sign-in page and `make run` show."""

    name: str
    email: str
    password: str
    role: str
    initials: str


def logins() -> list[Login]:
    """Empty outside the demo."""
    if not settings.DEMO:
        return []
    order = {handle: place for place, handle in enumerate(settings.DEMO_LOGINS)}
    members = Member.objects.with_handles(order).prefetch_related(
        "groups", "team_memberships__team"
    )
    return [_login(member) for member in sorted(members, key=lambda m: order[m.handle])]


def _login(member: Member) -> Login:
    name = member.display_name
    return Login(
        name=name,
        email=member.email,
        password=settings.DEMO_PASSWORD,
        role=_role(member),
        initials=avatars.initials(name),
    )


def _role(member: Member) -> str:
    if member.is_superuser:
        return _("Administrator")
    for group in member.groups.all():
        return group.name
    for membership in member.team_memberships.all():
        team = {"team": membership.team.name}
        return (_("Leads the %(team)s team") if membership.is_lead else _("%(team)s team")) % team
    return _("Customer") if member.is_verified else _("Customer, address not confirmed")
