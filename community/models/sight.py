"""Who sees what of a member: the one place where that is decided.

Each part of a profile has a `Visibility`, and each viewer a nearness to the member. A part is shown
where the nearness reaches its visibility; the database compares the same two numbers when it
searches. Whoever a member blocked sees nothing of them at all. A team or a moderator is a member
like any other here: what someone keeps to friends is not theirs to read.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from community.models.friendship import Block, Friend

if TYPE_CHECKING:
    from community.models.member import Member


class Visibility(models.IntegerChoices):
    EVERYONE = 0, _("Everyone")
    MEMBERS = 1, _("Members")
    FRIENDS = 2, _("Friends")
    ME = 3, _("Only me")


# What members decide about, one by one. `found`: by the directory and by suggestions.
# `ranked`: named on leaderboards.
PARTS = ("bio", "location", "links", "tags", "supports", "comments", "friends", "found", "ranked")


def nearness(viewer: "Member | None", member: str = "pk") -> Case | Value:
    """How near the viewer stands to the member whose id is in a column, as a Visibility."""
    if viewer is None:
        return Value(Visibility.EVERYONE.value)
    friends = Friend.objects.filter(member=viewer, friend=OuterRef(member))
    return Case(
        When(Q(**{member: viewer.pk}), then=Value(Visibility.ME.value)),
        When(Exists(friends), then=Value(Visibility.FRIENDS.value)),
        default=Value(Visibility.MEMBERS.value),
    )


def blocked_by(viewer: "Member", member: str = "pk") -> Exists:
    """Whether the viewer blocked the member whose id is in a column."""
    return Exists(Block.objects.filter(blocker=viewer, blocked=OuterRef(member)))


def blocking(viewer: "Member", member: str = "pk") -> Exists:
    """Whether that member blocked the viewer."""
    return Exists(Block.objects.filter(blocker=OuterRef(member), blocked=viewer))


def shows(member: "Member", part: str) -> bool:
    """Whether a member read by `seen_by(viewer)` shows a part of the profile to that viewer."""
    if part not in PARTS:
        raise ValueError(part)
    reached: int = member.nearness  # type: ignore[attr-defined]
    return bool(getattr(member.profile, f"{part}_for") <= reached)


def from_blocked(viewer: "Member | None", author: str = "author") -> Exists | Value:
    """Whether the viewer blocked the author of a row: then it is folded away for them."""
    return blocked_by(viewer, author) if viewer else Value(value=False)
