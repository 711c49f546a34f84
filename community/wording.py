"""How each kind of notification reads. Apps put their kinds in when they load."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext


@dataclass(frozen=True)
class Wording:
    """`by_someone` and `by_itself` are lazy texts with %(actor)s and %(subject)s; `why` says on
    what ground one is told. What is `official` a team says: muting or blocking the member who
    wrote it does not keep it away."""

    by_someone: Any
    by_itself: Any
    why: Any
    official: bool = False


_WORDINGS: dict[str, Wording] = {}


def add(kind: str, wording: Wording) -> None:
    """Say how a kind reads."""
    _WORDINGS[kind] = wording


def sentence(kind: str, *, actor: str, subject: str) -> str:
    """One line in the active language, without a full stop. A kind that left reads as its
    subject."""
    wording = _WORDINGS.get(kind)
    if wording is None:
        return subject
    text = wording.by_someone if actor else wording.by_itself
    return str(text) % {"actor": actor, "subject": subject}


def why(kind: str) -> str:
    """The reason one gets mails of this kind."""
    wording = _WORDINGS.get(kind)
    return str(wording.why) if wording else gettext("You are a member.")


def is_official(kind: str) -> bool:
    """Whether this kind is the deed of a team rather than of the member who did it."""
    wording = _WORDINGS.get(kind)
    return wording is not None and wording.official
