"""What happened, as a value. Apps subclass Event in their own `events` modules."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Self

_KINDS: dict[str, type["Event"]] = {}
_META = frozenset({"id", "actor_id", "occurred_at"})


class UnknownKind(LookupError):
    """A recorded kind has no class (any more)."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """A past-tense fact: ids and plain JSON values, nothing else.

    `id`, `actor_id` and `occurred_at` are filled in when the event is read back from the log.
    """

    kind: ClassVar[str]
    id: int = field(default=0, compare=False)
    actor_id: int | None = field(default=None, compare=False)
    occurred_at: datetime | None = field(default=None, compare=False)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if _KINDS.setdefault(cls.kind, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"Two events call themselves {cls.kind}.")
        _KINDS[cls.kind] = cls

    @property
    def topics(self) -> tuple[str, ...]:
        """What it is news of, such as `idea:12`: under these words the log is read again."""
        return ()

    @property
    def for_team(self) -> bool:
        """Whether it was done in the name of a team, and not as the person who did it."""
        return False

    def payload(self) -> dict[str, Any]:
        """The fact itself, without where and when it was recorded."""
        return {name: getattr(self, name) for name in _facts_of(self.kind)}

    @classmethod
    def from_row(
        cls, payload: dict[str, Any], *, event_id: int, actor_id: int | None, occurred_at: datetime
    ) -> Self:
        """Read back; fields that older rows lack take their defaults, newer ones are dropped."""
        known = _facts_of(cls.kind)
        facts = {name: value for name, value in payload.items() if name in known}
        return cls(**facts, id=event_id, actor_id=actor_id, occurred_at=occurred_at)

    @property
    def when(self) -> datetime:
        """When it happened. Only for events read back from the log."""
        if self.occurred_at is None:
            raise ValueError("This event was not read from the log.")
        return self.occurred_at


@cache
def _facts_of(kind: str) -> tuple[str, ...]:
    """The names of a fact's own fields. Asked for each event of the log, so kept."""
    return tuple(f.name for f in fields(_KINDS[kind]) if f.name not in _META)


def class_of(kind: str) -> type[Event]:
    """The class of a recorded kind; raises UnknownKind."""
    try:
        return _KINDS[kind]
    except KeyError:
        raise UnknownKind(kind) from None
