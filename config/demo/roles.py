"""The groups that let the demo's moderators and community manager into the admin."""

from collections.abc import Mapping

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from community.models import Member
from config.demo.content import Row

SEE_THE_IDEAS = (
    "ideas.view_board",
    "ideas.view_idea",
    "ideas.view_comment",
    "ideas.view_decision",
    "community.view_team",
    "community.view_member",
)
ROLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "moderator": ("Moderators", (*SEE_THE_IDEAS, "ideas.change_idea", "ideas.change_comment")),
    "community_manager": (
        "Community managers",
        (
            *SEE_THE_IDEAS,
            "ideas.decide_anywhere",
            "ideas.add_board",
            "ideas.change_board",
            "community.add_team",
            "community.change_team",
            "community.add_teammembership",
            "community.change_teammembership",
            "community.delete_teammembership",
            "community.view_teammembership",
            "community.view_sitesettings",
            "community.change_sitesettings",
        ),
    ),
}


def assign(people: list[Row], members: Mapping[str, Member]) -> None:
    """Make the groups and put everybody with a role into theirs."""
    for role, (name, permissions) in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(permissions))
        group.user_set.add(*[members[row["handle"]] for row in people if row["role"] == role])


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q()
    for app, codename in (name.split(".") for name in names):
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))
