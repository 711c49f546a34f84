"""Totals, months and teams of the record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Count, Q, Sum
from django.utils import timezone

from ideas.clock import in_steps
from ideas.models import Board, Promise, PromiseCount
from ideas.models.promise import PromiseKind, PromiseState
from ideas.record.chart import Bar, bars
from ideas.record.histogram import Tally

MONTHS = 12
KEPT_FOR = 60


@dataclass
class Month:
    """`first` is its first day, by UTC."""

    first: date
    tally: Tally = field(default_factory=Tally)


@dataclass
class Load:
    """What a team owes right now."""

    running: int = 0
    paused: int = 0
    overdue: int = 0


@dataclass
class TeamRecord:
    slug: str
    name: str
    tally: Tally = field(default_factory=Tally)
    load: Load = field(default_factory=Load)


@dataclass
class Kind:
    """The record of answers, or of first replies, over the last twelve months."""

    code: str
    months: Sequence[Month]
    total: Tally = field(default_factory=Tally)
    load: Load = field(default_factory=Load)
    teams: dict[int, TeamRecord] = field(default_factory=dict)

    @property
    def share(self) -> int:
        return in_steps((self.total.percent or 0) / 100)

    @property
    def bars(self) -> list[Bar]:
        return bars(self.months)

    @property
    def by_team(self) -> list[TeamRecord]:
        return sorted(self.teams.values(), key=lambda team: team.name)

    @property
    def is_empty(self) -> bool:
        return not self.teams


@dataclass
class Record:
    answers: Kind
    replies: Kind

    @property
    def kinds(self) -> list[Kind]:
        return [self.answers, self.replies]


def promises_kept() -> Kind | None:
    """The whole site's record of answers; None before the first one is due."""
    answers = record_of(None).answers
    return answers if answers.total.measured else None


def record_of(board: Board | None) -> Record:
    """The record of a board, or of the site; at most a minute old. Two statements, or none."""
    key = f"ideas.record.{board.pk if board else 0}"
    found: Record | None = cache.get(key)
    if found is None:
        found = _record(board)
        cache.set(key, found, KEPT_FOR)
    return found


def _record(board: Board | None) -> Record:
    months = _months(timezone.now())
    kinds = {kind.value: Kind(kind.value, [Month(m) for m in months]) for kind in PromiseKind}
    for row in _ended(board, months[0]):
        _add_ended(kinds[row["kind"]], row)
    for row in _open(board):
        _add_open(kinds[row["kind"]], row)
    return Record(kinds[PromiseKind.ANSWER], kinds[PromiseKind.REPLY])


def _months(now: datetime) -> list[date]:
    today = now.astimezone(UTC).date()
    last = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]


def _ended(board: Board | None, since: date) -> Iterable[Mapping[str, Any]]:
    rows = PromiseCount.objects.filter(month__gte=since)
    if board:
        rows = rows.filter(board=board)
    named = rows.values("kind", "month", "team_id", "team__slug", "team__name", "outcome", "took")
    return cast("Iterable[Mapping[str, Any]]", named.annotate(number=Sum("promises")).order_by())


def _open(board: Board | None) -> Iterable[Mapping[str, Any]]:
    rows = Promise.objects.open()
    if board:
        rows = rows.filter(board=board)
    running = Q(state=PromiseState.RUNNING)
    counted = (
        rows.values("kind", "team_id", "team__slug", "team__name")
        .annotate(
            running=Count("pk", filter=running),
            paused=Count("pk", filter=~running),
            overdue=Count("pk", filter=running & Q(due_at__lte=timezone.now())),
        )
        .order_by()
    )
    return cast("Iterable[Mapping[str, Any]]", counted)


def _team(kind: Kind, row: Mapping[str, Any]) -> TeamRecord:
    team = TeamRecord(row["team__slug"], row["team__name"])
    return kind.teams.setdefault(row["team_id"], team)


def _add_ended(kind: Kind, row: Mapping[str, Any]) -> None:
    month = next((m.tally for m in kind.months if m.first == row["month"]), Tally())
    for tally in (kind.total, month, _team(kind, row).tally):
        tally.add(row["outcome"], row["took"], row["number"])


def _add_open(kind: Kind, row: Mapping[str, Any]) -> None:
    team = _team(kind, row)
    for load, tally in ((kind.load, kind.total), (team.load, team.tally)):
        load.running += row["running"]
        load.paused += row["paused"]
        load.overdue += row["overdue"]
        tally.overdue += row["overdue"]
