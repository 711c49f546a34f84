"""Who answers for what is kept about members. Apps put their answers in when they load, one for
each key to a member: how its rows are told to that member, and what a deletion does to them. A key
is a field, or the way to one: `comment__author`.

    answer(Follow, "member", fate=Fate.REMOVED, export="follows", what=_("Ideas you follow"),
           columns=["idea_id", "created_at"])
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile
    from django_stubs_ext import StrOrPromise

_ANSWERS: dict[tuple[str, str], "Answer"] = {}


class Fate(StrEnum):
    """What becomes of a row when its member is deleted."""

    REMOVED = "removed"
    CHOSEN = "chosen"
    FORMER = "former"
    NUMBER = "number"
    UNLINKED = "unlinked"


FATES: dict[Fate, "StrOrPromise"] = {
    Fate.REMOVED: _("removed"),
    Fate.CHOSEN: _("kept under “former member” or removed, as you choose"),
    Fate.FORMER: _("kept under “former member”"),
    Fate.NUMBER: _("kept under a number, without a name"),
    Fate.UNLINKED: _("kept, without you"),
}


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """A member who is being deleted. `removes`: what they wrote goes, too."""

    member_id: int
    email: str
    removes: bool


Rows = Callable[[Any], Iterable[dict[str, Any]]]
Files = Callable[[Any], Iterable[tuple[str, "FieldFile"]]]
Erase = Callable[[Leaving], bool]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """For one key. `export` names the file, `what` is its heading for the member.

    `rows` replaces the plain reading of `columns`. `files` are names in the archive and what lies
    there. `erase` does some of the work in a transaction of its own and says whether all is done;
    without it, what is to be removed is deleted in batches, what is to be unlinked loses the key.
    """

    model: type[Model]
    key: str
    fate: Fate
    export: str = ""
    what: "StrOrPromise" = ""
    columns: Sequence[str] = ()
    rows: Rows | None = None
    files: Files | None = None
    erase: Erase | None = None

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.key}"


def answer(model: type[Model], key: str, *, fate: Fate, **how: Any) -> None:
    """Answer for a key. The last word counts, so that an app can be loaded twice."""
    _ANSWERS[model._meta.label, key] = Answer(model=model, key=key, fate=fate, **how)


def answers() -> list[Answer]:
    """All of them, in the order in which apps gave them."""
    return list(_ANSWERS.values())


def exported() -> list[Answer]:
    """Those with a file in the archive of a member."""
    return [one for one in answers() if one.export]


def key_names() -> set[tuple[str, str]]:
    """The keys that somebody answers for, as ("ideas.Follow", "member")."""
    return set(_ANSWERS)
