"""What moderation did: ids and plain values."""

from dataclasses import dataclass

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class Restricted(Event):
    """An idea or a comment was hidden."""

    kind = "moderation.restricted"
    restriction_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class Lifted(Event):
    """What was hidden is shown again."""

    kind = "moderation.lifted"
    restriction_id: int
    author_id: int
