"""Who of the demo may do what in the admin."""

from collections.abc import Mapping

from django.contrib.auth.models import Group

from community.models import Member
from config import roles
from config.demo.content import Row

GROUP_OF = {
    "moderator": roles.MODERATORS,
    "senior_moderator": roles.SENIOR_MODERATORS,
    "community_manager": roles.COMMUNITY_MANAGERS,
    "admin": roles.ADMINISTRATORS,
}


def assign(people: list[Row], members: Mapping[str, Member]) -> None:
    """Put everybody with a role into the group for it."""
    roles.set_up()
    for role, name in GROUP_OF.items():
        group = Group.objects.get(name=name)
        group.user_set.add(*[members[row["handle"]] for row in people if row["role"] == role])
