"""What moderation did: ids and plain values."""

from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class Restricted(Event):
    """Something was hidden: `thing` is idea, comment, topic or reply, and `thing_id` its number.

    Rows from before these were noted have neither.
    """

    kind = "moderation.restricted"
    restriction_id: int
    author_id: int
    thing: str = ""
    thing_id: int = 0
    spam: bool = False


@dataclass(frozen=True, kw_only=True)
class Lifted(Event):
    """What was hidden is shown again."""

    kind = "moderation.lifted"
    restriction_id: int
    author_id: int
    thing: str = ""
    thing_id: int = 0
    spam: bool = False


@dataclass(frozen=True, kw_only=True)
class Sanctioned(Event):
    """A member was warned, suspended or banned: `sanction` says which."""

    kind = "moderation.sanctioned"
    sanction_id: int
    member_id: int
    sanction: str


@dataclass(frozen=True, kw_only=True)
class SanctionLifted(Event):
    """A sanction was taken back before its end."""

    kind = "moderation.sanction_lifted"
    sanction_id: int
    member_id: int
    sanction: str
