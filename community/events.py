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
