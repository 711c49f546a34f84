"""Who supports whom, and who votes for the same: people on a circle, ties between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from reputation.picturing.marks import colour_of

SIDE, RADIUS, NODE = 480, 190, 15
WIDEST = 6


@dataclass(frozen=True)
class Tie:
    """So many votes of one person for what another wrote, or ideas that both voted for."""

    one: int
    other: int
    times: int


@dataclass(frozen=True)
class Line:
    """A path with its width; `tie` says between whom."""

    path: str
    width: int
    colour: str
    tie: Tie


@dataclass(frozen=True)
class Node:
    person: int
    x: int
    y: int
    colour: str
    is_square: bool


@dataclass(frozen=True)
class Circle:
    """`people` are numbers of people, in the order of the circle; those who only wrote and did not
    vote are squares."""

    people: Sequence[int]
    supports: Sequence[Tie]
    together: Sequence[Tie]
    only_wrote: frozenset[int] = frozenset()

    side = SIDE

    @property
    def nodes(self) -> list[Node]:
        return [
            Node(person, *self._at(person), colour_of(person), person in self.only_wrote)
            for person in self.people
        ]

    @property
    def arrows(self) -> list[Line]:
        """Bent to the left, so that the way back is a line of its own."""
        most = max((tie.times for tie in self.supports), default=1)
        return [self._line(tie, most, bend=26) for tie in self.supports]

    @property
    def chords(self) -> list[Line]:
        most = max((tie.times for tie in self.together), default=1)
        return [self._line(tie, most, bend=0) for tie in self.together]

    def _at(self, person: int) -> tuple[int, int]:
        angle = 2 * pi * self.people.index(person) / len(self.people) - pi / 2
        return round(SIDE / 2 + RADIUS * cos(angle)), round(SIDE / 2 + RADIUS * sin(angle))

    def _line(self, tie: Tie, most: int, *, bend: int) -> Line:
        (x1, y1), (x2, y2) = self._at(tie.one), self._at(tie.other)
        long = max(1.0, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
        across, along = (y2 - y1) / long, (x2 - x1) / long
        # Ends before the node, so that the tip of an arrow is seen.
        x2, y2 = round(x2 - along * (NODE + 5)), round(y2 - across * (NODE + 5))
        middle = round((x1 + x2) / 2 + across * bend), round((y1 + y2) / 2 - along * bend)
        width = max(1, round(WIDEST * tie.times / most))
        path = f"M{x1} {y1}Q{middle[0]} {middle[1]} {x2} {y2}"
        return Line(path, width, colour_of(tie.one), tie)
