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
