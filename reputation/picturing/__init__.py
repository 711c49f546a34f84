"""Pictures of votes, as whole numbers that a template puts into SVG. No database in here."""

from reputation.picturing.circle import Circle, Node, Tie
from reputation.picturing.marks import Mark, colour_of, label_of, mark
from reputation.picturing.timeline import Given, Timeline

__all__ = ["Circle", "Given", "Mark", "Node", "Tie", "Timeline", "colour_of", "label_of", "mark"]
