"""When the demo's ideas earned and got their answers, by the rules of ideas.services.steps."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.demo.content import Row, at
from ideas.models import Board
from ideas.status import ANSWERS, WAITS_FOR_ANSWER, Status


@dataclass
class Clock:
    """The three moments that an idea keeps of its promise."""

    reached: datetime | None = None
    due: datetime | None = None
    answered: datetime | None = None

    def start(self, moment: datetime, board: Board) -> None:
        self.reached, self.due = moment, moment + timedelta(days=board.answer_days)

    def step(self, source: str, target: str, moment: datetime, board: Board) -> None:
        if target in ANSWERS and self.answered is None:
            self.answered = moment
        if target in WAITS_FOR_ANSWER and source in ANSWERS:
            self.answered = None
            if self.due:
                self.start(moment, board)


def clock(row: Row, board: Board, counted: list[float], now: datetime) -> Clock:
    """Go through an idea's votes (`counted`, days ago) and decisions in their order."""
    found = Clock()
    status: str = Status.OPEN
    supporters = 0
    votes = [(days, "") for days in counted]
    for days, target in sorted(votes + [(d["days_ago"], d["to"]) for d in row["decisions"]])[::-1]:
        if target:
            found.step(status, target, at(now, days), board)
            status = target
            continue
        supporters += 1
        earned = supporters >= board.answer_threshold and not found.due
        if earned and status in WAITS_FOR_ANSWER:
            found.start(at(now, days), board)
    return found
