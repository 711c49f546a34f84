"""What the demo's boards promised, and what became of it: its past goes through the real rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import connection

from config.demo import content
from config.demo.content import at
from config.demo.people import Community
from config.demo.proposals import Proposals
from ideas.models import (
    Board,
    Comment,
    Decision,
    Escalation,
    Idea,
    Promise,
    Support,
    TeamDeed,
    WorkCalendar,
)
from ideas.models.promise import PromiseKind, PromiseState
from ideas.models.review import DeedKind
from ideas.services import calendars, promising
from ideas.status import WAITS_FOR_ANSWER, Status

# The boards opened with answers alone; first replies have been promised since.
OPENED, REPLIES_SINCE = 520, 364


@dataclass(frozen=True)
class Past:
    """All that moves a clock, by idea."""

    supports: dict[int, list[Support]]
    deeds: dict[int, list[Decision | Comment]]


def open_boards(boards: Iterable[Board], now: datetime) -> None:
    """Write the boards, with calendars and a history of terms."""
    known = {row["slug"]: _calendar(row, at(now, OPENED)) for row in content.rows("calendars")}
    rows = {row["slug"]: row for row in content.rows("boards")}
    _since(at(now, OPENED))
    boards = list(boards)
    for board in boards:
        board.calendar, board.reply_days = known.get(rows[board.slug]["calendar"]), None
    Board.objects.bulk_create(boards)
    _since(at(now, REPLIES_SINCE))
    for board in boards:
        board.reply_days = rows[board.slug]["reply_days"]
        board.save(update_fields=["reply_days"])
    _since(None)


def _calendar(row: content.Row, opened: datetime) -> WorkCalendar:
    calendar = WorkCalendar.objects.create(**{k: v for k, v in row.items() if k != "slug"})
    calendars.fill_holidays(calendar=calendar)
    # As if they had been known when the board opened.
    calendar.holidays.update(entered_at=opened)
    return calendar


def _since(moment: datetime | None) -> None:
    with connection.cursor() as cursor:
        said = moment.isoformat() if moment else ""
        cursor.execute("SELECT set_config('plenum.since', %s, true)", [said])


def keep(
    proposals: Proposals,
    supports: Iterable[Support],
    deeds: Iterable[Decision | Comment],
    now: datetime,
) -> None:
    """Go through every idea's votes, decisions and comments in their order."""
    past = Past({}, {})
    for support in supports:
        past.supports.setdefault(support.idea_id, []).append(support)
    for deed in sorted(deeds, key=attrgetter("created_at")):
        past.deeds.setdefault(deed.idea_id, []).append(deed)
    for _row, idea in proposals:
        if not idea.is_draft:
            _live(idea, past, now)


def _live(idea: Idea, past: Past, now: datetime) -> None:
    # A copy, because it lives through statuses that it has left long ago.
    idea = Idea.objects.select_related("board__calendar", "tally").get(pk=idea.pk)
    idea.status = Status.OPEN
    if idea.opened_at and idea.opened_at > at(now, REPLIES_SINCE):
        promising.promise_reply(idea=idea)
    earned = _earned_at(idea, past)
    for deed in past.deeds.get(idea.pk, ()):
        if earned and earned <= deed.created_at:
            _earn(idea, earned)
            earned = None
        _follow(idea, deed)
    if earned:
        _earn(idea, earned)


def _follow(idea: Idea, deed: Decision | Comment) -> None:
    if isinstance(deed, Decision):
        idea.status = deed.to_status
        deed.idea = idea
        promising.follow_steps(decisions=[deed])
    elif deed.team_id:
        promising.follow_reply(idea=idea, comment=deed)


def _earn(idea: Idea, moment: datetime) -> None:
    if idea.status in WAITS_FOR_ANSWER:
        promising.start_answer(idea=idea, moment=moment)


def _earned_at(idea: Idea, past: Past) -> datetime | None:
    counted = sorted(s.counted_at for s in past.supports.get(idea.pk, ()) if s.counted_at)
    enough = idea.board.answer_threshold
    return counted[enough - 1] if len(counted) >= enough else None


def withdraw(community: Community, now: datetime) -> None:
    """Two promises were taken back, in public."""
    for row in content.rows("withdrawals"):
        board = community.boards[row["board"]]
        open_ones = Promise.objects.open().filter(board=board, kind=PromiseKind.ANSWER)
        promise = open_ones.select_related("owed_on").order_by("due_at").first()
        assert promise is not None
        by, moment = community.members[row["by"]], max(at(now, row["days_ago"]), promise.started_at)
        promise.state, promise.escalate_at, promise.ended_at = (
            PromiseState.WITHDRAWN, None, moment + timedelta(hours=1),
        )  # fmt: skip
        promise.withdrawn_by, promise.withdrawal_reason = by, row["reason"]
        promise.save()
        TeamDeed.objects.create(
            idea=promise.owed_on, member=by, kind=DeedKind.WITHDREW,
            detail={"reason": row["reason"]}, happened_at=promise.ended_at,
        )  # fmt: skip


def remind(now: datetime) -> None:
    """Whoever had to be reminded was, each time on time."""
    promises = list(Promise.objects.all())
    Escalation.objects.bulk_create(row for p in promises for row in _reminders(p, now))
    for promise in promises:
        if promise.escalate_at:
            ahead = [m for m in (promise.half_at, promise.near_at, promise.due_at) if m > now]
            promise.escalate_at = min(ahead, default=None)
            promise.save(update_fields=["escalate_at"])


def _reminders(promise: Promise, now: datetime) -> Iterator[Escalation]:
    pause = promise.pauses.filter(ended_at=None).first()
    end = promise.ended_at or (pause.started_at if pause else now)
    for percent, moment in ((50, promise.half_at), (90, promise.near_at), (100, promise.due_at)):
        if moment <= end:
            yield Escalation(
                promise=promise, percent=percent, due_at=promise.due_at, happened_at=moment
            )
