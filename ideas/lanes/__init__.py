"""The review queue as it is read: lanes by their indexes, what a row and an idea's page show."""

from ideas.lanes.beside import GONE_AFTER, Person, Supporters, people, present, supporters
from ideas.lanes.kinds import DUE, LANES, MINE, SCORED, UNSEEN, Lane
from ideas.lanes.reading import PAGE, Part, View, each, following, part_of, place_in, rows
from ideas.lanes.telling import lay_out, tell
from ideas.lanes.unseen import sample

__all__ = [
    "DUE",
    "GONE_AFTER",
    "LANES",
    "MINE",
    "PAGE",
    "SCORED",
    "UNSEEN",
    "Lane",
    "Part",
    "Person",
    "Supporters",
    "View",
    "each",
    "following",
    "lay_out",
    "part_of",
    "people",
    "place_in",
    "present",
    "rows",
    "sample",
    "supporters",
    "tell",
]
