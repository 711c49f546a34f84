from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    kind = "community.member_joined"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class AddressConfirmed(Event):
    """A member proved that an e-mail address is theirs; what waited for it may count now."""

    kind = "community.address_confirmed"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class FriendshipRequested(Event):
    """A member asked another, for the first time or again. What is declined is no fact to tell."""

    kind = "community.friendship_requested"
    asker_id: int
    asked_id: int


@dataclass(frozen=True, kw_only=True)
class FriendshipMade(Event):
    """`asker_id` had asked; `accepted_by` said yes, or asked the other way."""

    kind = "community.friendship_made"
    asker_id: int
    accepted_by: int


@dataclass(frozen=True, kw_only=True)
class FriendshipEnded(Event):
    kind = "community.friendship_ended"
    member_id: int
    friend_id: int


@dataclass(frozen=True, kw_only=True)
class LinkVerified(Event):
    """A page elsewhere links back to the member who calls it theirs."""

    kind = "community.link_verified"
    member_id: int
    link_id: int


class MailStopped(Event):
    """A member's address refused so much that nothing more is sent there."""

    kind = "community.mail_stopped"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MailResumed(Event):
    """It is written to again: the member says that it works, or somebody in the admin does."""

    kind = "community.mail_resumed"
    member_id: int
    reason: str
