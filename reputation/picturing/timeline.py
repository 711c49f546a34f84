"""Who voted for what, and when: a lane for each idea, a mark for each vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from reputation.picturing.marks import Mark, colour_of, mark

WIDTH, LEFT, RIGHT, TOP, LANE = 960, 190, 24, 40, 30
# Longer pauses are cut out, or votes of one minute would lie on each other.
PAUSE = timedelta(hours=6)
NARROWEST = 26
# A date needs so much room.
LABEL = 110


@dataclass(frozen=True)
class Given:
    """A vote: the person's and the idea's place among those shown, and when."""

    person: int
    lane: int
    when: datetime
    is_void: bool = False


@dataclass(frozen=True)
class Sitting:
    """A time without a long pause, from `x` on so many units wide."""

    begin: datetime
    end: datetime
    x: int
    width: int
    is_labelled: bool

    def at(self, when: datetime) -> int:
        whole = (self.end - self.begin) / timedelta(seconds=1)
        part = (when - self.begin) / timedelta(seconds=1) / whole if whole else 0.5
        return self.x + 8 + round(part * (self.width - 16))


@dataclass(frozen=True)
class Timeline:
    """Votes in the order of time, and how many lanes they fill."""

    votes: Sequence[Given]
    lanes: int

    width = WIDTH
    left = LEFT
    label_x = LEFT - 10

    @property
    def height(self) -> int:
        return TOP + self.lanes * LANE + 12

    @property
    def rows(self) -> list[int]:
        """The middle of each lane."""
        return [TOP + LANE * lane + LANE // 2 for lane in range(self.lanes)]

    @cached_property
    def sittings(self) -> list[Sitting]:
        spans = self._spans()
        room = WIDTH - LEFT - RIGHT - NARROWEST * len(spans)
        votes = sum(count for _begin, _end, count in spans)
        x, labelled, found = LEFT, 0, []
        for begin, end, count in spans:
            width = NARROWEST + max(0, room * count // votes)
            found.append(Sitting(begin, end, x, width, is_labelled=x >= labelled))
            labelled = x + LABEL if x >= labelled else labelled
            x += width
        return found

    def _spans(self) -> list[tuple[datetime, datetime, int]]:
        spans: list[tuple[datetime, datetime, int]] = []
        for vote in self.votes:
            if spans and vote.when - spans[-1][1] <= PAUSE:
                begin, _end, count = spans[-1]
                spans[-1] = begin, vote.when, count + 1
            else:
                spans.append((vote.when, vote.when, 1))
        return spans

    @cached_property
    def marks(self) -> list[Mark]:
        """In the order of the votes. Members keep a height of their own within a lane."""
        found, sitting = [], 0
        for number, vote in enumerate(self.votes):
            while vote.when > self.sittings[sitting].end:
                sitting += 1
            x = self.sittings[sitting].at(vote.when)
            y = TOP + LANE * vote.lane + LANE // 2 + (vote.person % 3 - 1) * 7
            path, colour = mark(vote.person, x, y), colour_of(vote.person)
            found.append(Mark(path, colour, vote.person, vote.lane, number, vote.is_void))
        return found
