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
class FlagCast(Event):
    """A member reported something."""

    kind = "moderation.flag_cast"
    flag_id: int
    case_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class FlagWithdrawn(Event):
    """A member takes a report back."""

    kind = "moderation.flag_withdrawn"
    flag_id: int
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseDecided(Event):
    """A person decided a case: `action` is one of grounds.Action, `thing` one of things.Kind.

    `upheld` are the members whose reports were right, `rejected` those whose were not.
    """

    kind = "moderation.case_decided"
    case_id: int
    decision_id: int
    author_id: int
    action: str
    thing: str
    thing_id: int
    upheld: list[int]
    rejected: list[int]


@dataclass(frozen=True, kw_only=True)
class ComplaintFiled(Event):
    """A member complains about a decision."""

    kind = "moderation.complaint_filed"
    complaint_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ComplaintDecided(Event):
    """Another moderator answered a complaint.

    When it was right, `flaggers` are the members whose reports were taken for right before.
    """

    kind = "moderation.complaint_decided"
    complaint_id: int
    member_id: int
    upheld: bool
    flaggers: list[int]


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
