"""What stands for a member: a letter, a shape and a colour, so that none says it alone."""

from dataclasses import dataclass
from string import ascii_uppercase

# Each at least 3:1 against the light and the dark ground of the admin.
COLOURS = ("#2563eb", "#c2410c", "#15803d", "#c026d3", "#0e7490", "#dc2626", "#64748b")
# Around the middle, from its upper left: a disc, a square, a triangle, a diamond, a cross.
SHAPES = (
    "M{0} {1}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "M{0} {1}m-5-5h10v10h-10z",
    "M{0} {1}m0-6l6 11h-12z",
    "M{0} {1}m0-7l7 7l-7 7l-7-7z",
    "M{0} {1}m-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
)


@dataclass(frozen=True)
class Mark:
    """One vote in a picture: a path, hollow if the vote is void."""

    path: str
    colour: str
    person: int
    lane: int
    vote: int
    is_void: bool


def label_of(person: int) -> str:
    """A to Z, then A1 to Z1 and so on."""
    turn, letter = divmod(person, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(turn) if turn else "")


def colour_of(person: int) -> str:
    return COLOURS[person % len(COLOURS)]


def mark(person: int, x: int = 8, y: int = 8) -> str:
    """The path of a person's shape around a point."""
    return SHAPES[person % len(SHAPES)].format(x, y)
