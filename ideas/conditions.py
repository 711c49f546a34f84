"""Which votes a voiding is about: the saved query."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

# Any of these narrows the votes down; the state alone would be all of them.
NARROWING = (
    "members", "ideas", "authors", "boards", "block",
    "given_from", "given_until", "joined_from", "joined_until",
)  # fmt: skip
_NUMBERS = ("members", "ideas", "authors", "boards")
_MOMENTS = ("given_from", "given_until", "joined_from", "joined_until")
_LOOKUPS = {
    "members": "member__in",
    "authors": "idea__author__in",
    "boards": "idea__board__in",
    "given_from": "created_at__gte",
    "given_until": "created_at__lt",
    "joined_from": "member__date_joined__gte",
    "joined_until": "member__date_joined__lt",
}


class BadConditions(ValueError):
    """A saved query that this site did not write."""


@dataclass(frozen=True)
class Conditions:
    """All that are filled must hold. Numbers are ids; `ideas` includes what was merged into them.

    `block` is one that the member signed in from lately, as models.SignIn keeps it; `joined_…` is
    about the account, `given_…` about the vote: from a moment on, and before another one.
    """

    members: tuple[int, ...] = ()
    ideas: tuple[int, ...] = ()
    authors: tuple[int, ...] = ()
    boards: tuple[int, ...] = ()
    block: str = ""
    given_from: datetime | None = None
    given_until: datetime | None = None
    joined_from: datetime | None = None
    joined_until: datetime | None = None
    state: str = ""

    @property
    def narrows(self) -> bool:
        return any(getattr(self, name) for name in NARROWING)

    def lookups(self) -> dict[str, Any]:
        """Those that are a plain comparison, as Django writes them."""
        filled = {name: getattr(self, name) for name in _LOOKUPS}
        return {_LOOKUPS[name]: value for name, value in filled.items() if value}

    def as_json(self) -> dict[str, Any]:
        """What is filled, as it is saved."""
        filled = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: _plain(value) for name, value in filled.items() if value}

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> Self:
        """Read back. Raises BadConditions: an unknown word must not widen the query."""
        if unknown := set(saved) - {one.name for one in fields(cls)}:
            raise BadConditions(", ".join(sorted(unknown)))
        try:
            return cls(**{name: _read(name, value) for name, value in saved.items()})
        except (TypeError, ValueError) as error:
            raise BadConditions(str(error)) from None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _read(name: str, value: Any) -> Any:
    if name in _NUMBERS:
        return tuple(int(number) for number in value)
    return datetime.fromisoformat(value) if name in _MOMENTS else str(value)
