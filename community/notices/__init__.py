"""What members hear of the community, in words."""

from community.notices import forum, friends, publishing


def register() -> None:
    """Tell the notifications how each kind reads."""
    friends.register()
    forum.register()
    publishing.register()
