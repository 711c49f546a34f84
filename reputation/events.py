"""What reputation found, and what was done to points by hand: ids and plain values."""

from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class PointsReversed(Event):
    """Grounds hold no more. `grounds`: [kind, thing, thing_id, actor_id, member_id] each."""

    kind = "reputation.points_reversed"
    batch_id: int
    grounds: list[list[str | int]]


@dataclass(frozen=True, kw_only=True)
class PointsRestored(Event):
    """What was reversed by hand holds again; see PointsReversed."""

    kind = "reputation.points_restored"
    batch_id: int
    grounds: list[list[str | int]]


@dataclass(frozen=True, kw_only=True)
class TrustChanged(Event):
    """A member went from one trust level to another. The actor is who did it by hand, if so."""

    kind = "reputation.trust_changed"
    change_id: int
    member_id: int
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class BadgeEarned(Event):
    """Some members were given a badge for the first time: once each, or for things of theirs that
    they did not have it for before."""

    kind = "reputation.badge_earned"
    badge: str
    member_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class GraceBegan(Event):
    """A member has fallen below what their level asks for. `ends_on`: an ISO date."""

    kind = "reputation.grace_began"
    member_id: int
    level: int
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class LedgerCorrected(Event):
    """So many grounds were not what the log says: what was wrong went, or what `gives` came."""

    kind = "reputation.ledger_corrected"
    grounds: int
    gives: bool
    reason: str
