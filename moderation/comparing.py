"""What became of each clause from one version of the house rules to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from django.utils.safestring import SafeString

from community.diffs import diff
from moderation.models import Clause


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"


@dataclass(frozen=True)
class Compared:
    """`title` and `text` are what the later version says, with what went and what came."""

    key: str
    fate: Fate
    title: SafeString
    text: SafeString


def compare(before: Sequence[Clause], after: Sequence[Clause]) -> list[Compared]:
    """Matched by their keys: those of the later version in its order, then those that are gone."""
    old = {clause.key: clause for clause in before}
    kept = {clause.key for clause in after}
    gone = (_compared(clause, None) for clause in before if clause.key not in kept)
    return list(chain((_compared(old.get(clause.key), clause) for clause in after), gone))


def _compared(before: Clause | None, after: Clause | None) -> Compared:
    was = (before.title, before.text) if before else ("", "")
    now = (after.title, after.text) if after else ("", "")
    clause = after or before
    assert clause is not None
    return Compared(clause.key, _fate(was, now), diff(was[0], now[0]), diff(was[1], now[1]))


def _fate(was: tuple[str, str], now: tuple[str, str]) -> Fate:
    if was == now:
        return Fate.SAME
    if not any(was):
        return Fate.NEW
    return Fate.CHANGED if any(now) else Fate.GONE
