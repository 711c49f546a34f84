"""What members hear about their friends and their own account, in words."""

from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Group, Wording

FRIEND_ASKED = "community.friend_asked"
FRIEND_ACCEPTED = "community.friend_accepted"
EXPORTED = "community.exported"

FRIENDS = Group(
    "friends", _("Friends"), _("When somebody asks to be friends with you, or says yes to you.")
)


def topic_of(member_id: int) -> str:
    """What notifications call a member, so that mails about them can be stopped."""
    return f"member:{member_id}"


WORDINGS = {
    FRIEND_ASKED: Wording(
        _("%(actor)s asks to be friends with you"),
        _("A member asks to be friends with you"),
        _("Somebody asked to be your friend."),
        FRIENDS.code,
    ),
    FRIEND_ACCEPTED: Wording(
        _("%(actor)s is a friend of yours now"),
        _("You have a new friend"),
        _("You asked to be friends."),
        FRIENDS.code,
    ),
    EXPORTED: Wording(
        _("Your copy of everything about you is ready"),
        _("Your copy of everything about you is ready"),
        _("You asked for it."),
    ),
}


def register() -> None:
    """Tell the notifications how each kind reads."""
    wording.add_group(FRIENDS)
    for kind, words in WORDINGS.items():
        wording.add(kind, words)
