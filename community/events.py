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
class ExportMade(Event):
    """A copy of everything about a member is ready for them."""

    kind = "community.export_made"
    export_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event):
    """A member asked to be deleted. They can come back until `departure_id` is due."""

    kind = "community.account_closed"
    departure_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class AccountReopened(Event):
    """A member who had closed the account came back."""

    kind = "community.account_reopened"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A member is deleted: only the number is left."""

    kind = "community.member_left"
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
