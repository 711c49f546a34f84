"""What is done to points by hand."""

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
