"""How each kind of notification reads, and the groups in which members choose about them. Apps put
theirs in when they load."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

OTHER = "other"


@dataclass(frozen=True)
class Wording:
    """`by_someone` and `by_itself` are lazy texts with %(actor)s and %(subject)s; `why` says on
    what ground one is told. `by_many` has a %(actors)s of several people; kinds with it are told
    in one line when they are about the same thing. `group` is the code of a Group. What is
    `official` a team says: muting the member who wrote it, or a block, does not keep it away."""

    by_someone: Any
    by_itself: Any
    why: Any
    group: str = OTHER
    by_many: Any = None
    official: bool = False


@dataclass(frozen=True)
class Group:
    """What members choose about as one. `delivery` is how it comes unless they chose; see
    models.choice.Delivery. A group that is `binding` always comes at once."""

    code: str
    label: Any
    hint: Any
    delivery: str = "at_once"
    binding: bool = False
    # What only those are told who serve in a team.
    for_teams: bool = False


_WORDINGS: dict[str, Wording] = {}
_GROUPS: dict[str, Group] = {}


def add(kind: str, wording: Wording) -> None:
    """Say how a kind reads."""
    _WORDINGS[kind] = wording


def add_group(group: Group) -> None:
    """Let members choose about some kinds."""
    _GROUPS[group.code] = group


def groups(*, serves: bool = True) -> list[Group]:
    """Those that members choose about, in the order in which apps put them in; without those of
    teams for who serves in none."""
    chosen = [group for group in _GROUPS.values() if not group.binding]
    return [group for group in chosen if serves or not group.for_teams]


def group(code: str) -> Group | None:
    """A group by its code."""
    return _GROUPS.get(code)


def group_of(kind: str) -> Group:
    """The group of a kind; what belongs to none comes at once."""
    wording = _WORDINGS.get(kind)
    found = _GROUPS.get(wording.group) if wording else None
    return found or Group(OTHER, "", "", binding=True)


def kinds_in(code: str) -> list[str]:
    """The kinds of a group."""
    return [kind for kind, wording in _WORDINGS.items() if wording.group == code]


def binding_kinds() -> list[str]:
    """What is told whether one wants it or not, such as what moderation did."""
    return [kind for kind in _WORDINGS if group_of(kind).binding]


def sentence(kind: str, *, actor: str, subject: str) -> str:
    """One line in the active language, without a full stop. A kind that left reads as its
    subject."""
    wording = _WORDINGS.get(kind)
    if wording is None:
        return subject
    text = wording.by_someone if actor else wording.by_itself
    return str(text) % {"actor": actor, "subject": subject}


def can_be_told_together(kind: str) -> bool:
    """Whether several of a kind about one thing read as one line."""
    wording = _WORDINGS.get(kind)
    return wording is not None and wording.by_many is not None


def sentence_of_many(kind: str, *, actor: str, others: int, subject: str) -> str:
    """One line for what an actor and so many others did."""
    actors = ngettext("%(actor)s and %(count)d other", "%(actor)s and %(count)d others", others)
    actors = actors % {"actor": actor, "count": others}
    return str(_WORDINGS[kind].by_many) % {"actors": actors, "subject": subject}


def why(kind: str) -> str:
    """The reason one gets mails of this kind."""
    wording = _WORDINGS.get(kind)
    return str(wording.why) if wording else gettext("You are a member.")


def official_kinds() -> list[str]:
    """Those that are the deed of a team rather than of the member who did it."""
    return [kind for kind, wording in _WORDINGS.items() if wording.official]
