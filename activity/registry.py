"""Who listens to what. Filled when the apps load their `subscribers` modules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from activity.events import Event

Handler = Callable[[Sequence[Any]], None]
type Place = tuple[int, int]
_SUBSCRIBERS: dict[str, "Subscriber"] = {}


@dataclass(frozen=True)
class Window:
    """A stretch of the log, for those who read it by SQL: behind one place, up to another.

    A place is (transaction_id, id). `found` names the kinds that do occur, of those asked for.
    """

    after: Place
    upto: Place
    count: int
    found: frozenset[str]

    # What a statement filters the log by, under the alias `log`.
    where = """
        (log.transaction_id, log.id) > (%(after_transaction)s, %(after_event)s)
        AND (log.transaction_id, log.id) <= (%(upto_transaction)s, %(upto_event)s)
    """

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of `where`."""
        return {
            "after_transaction": self.after[0],
            "after_event": self.after[1],
            "upto_transaction": self.upto[0],
            "upto_event": self.upto[1],
        }


BulkHandler = Callable[[Window], None]


@dataclass(frozen=True)
class Subscriber:
    """A handler of batches and the kinds it wants, under a name that outlives deployments.

    One that is `bulky` instead of `handle` is given windows of the log, and no objects.
    """

    name: str
    kinds: frozenset[str]
    handle: Handler
    bulky: BulkHandler | None = None


def subscribe[H: Handler](*classes: type[Event]) -> Callable[[H], H]:
    """Have the decorated function called with batches of these events, oldest first.

    It runs inside a transaction together with the mark that says how far it has read, so what it
    writes to the database happens exactly once. When it raises, its batch is tried again one by
    one and the event that fails is parked.
    """

    def register(handler: H) -> H:
        _add(Subscriber(_name_of(handler), frozenset(c.kind for c in classes), handler))
        return handler

    return register


def subscribe_in_bulk[H: BulkHandler](*classes: type[Event]) -> Callable[[H], H]:
    """Have the decorated function called with windows of the log in which these events occur.

    For what a few statements do to thousands of events at once. It promises what `subscribe`
    does: one transaction with the bookmark, oldest first, nothing before its transaction is
    sure. When it raises, its window is halved until the event that fails is alone, and parked.
    Where a window ends must not change what comes of it: a parked event comes later, alone.
    """

    def register(handler: H) -> H:
        kinds = frozenset(c.kind for c in classes)
        _add(Subscriber(_name_of(handler), kinds, _no_batches, bulky=handler))
        return handler

    return register


def _no_batches(batch: Sequence[Any]) -> None:
    raise TypeError("This subscriber reads windows.")


def _name_of(handler: Callable[..., None]) -> str:
    name: str = getattr(handler, "__name__", "")
    return f"{handler.__module__.removesuffix('.subscribers')}.{name}"


def _add(listener: Subscriber) -> None:
    if listener.name in _SUBSCRIBERS:
        raise ValueError(f"Two subscribers call themselves {listener.name}.")
    _SUBSCRIBERS[listener.name] = listener


def subscribers() -> list[Subscriber]:
    """All of them, by name."""
    return [_SUBSCRIBERS[name] for name in sorted(_SUBSCRIBERS)]


def subscriber(name: str) -> Subscriber:
    """One of them; raises KeyError when nobody of that name listens (any more)."""
    return _SUBSCRIBERS[name]
