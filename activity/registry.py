"""Who listens to what. Filled when the apps load their `subscribers` modules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from activity.events import Event

Handler = Callable[[Sequence[Any]], None]
_SUBSCRIBERS: dict[str, "Subscriber"] = {}


@dataclass(frozen=True)
class Subscriber:
    """A handler of batches and the kinds it wants, under a name that outlives deployments."""

    name: str
    kinds: frozenset[str]
    handle: Handler


def subscribe[H: Handler](*classes: type[Event]) -> Callable[[H], H]:
    """Have the decorated function called with batches of these events, oldest first.

    It runs inside a transaction together with the mark that says how far it has read, so what it
    writes to the database happens exactly once. When it raises, its batch is tried again one by
    one and the event that fails is parked.
    """

    def register(handler: H) -> H:
        name = f"{handler.__module__.removesuffix('.subscribers')}.{handler.__name__}"
        if name in _SUBSCRIBERS:
            raise ValueError(f"Two subscribers call themselves {name}.")
        _SUBSCRIBERS[name] = Subscriber(name, frozenset(c.kind for c in classes), handler)
        return handler

    return register


def subscribers() -> list[Subscriber]:
    """All of them, by name."""
    return [_SUBSCRIBERS[name] for name in sorted(_SUBSCRIBERS)]


def subscriber(name: str) -> Subscriber:
    """One of them; raises KeyError when nobody of that name listens (any more)."""
    return _SUBSCRIBERS[name]
