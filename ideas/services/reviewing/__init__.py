"""What a team does to an idea among itself: scores, assignment, notes, tags, views, presence.

Each deed is kept in the private history of the idea; nothing of it is an event, because events are
public facts.
"""

from ideas.services.reviewing.looking import be_present, mark_seen
from ideas.services.reviewing.noting import note, remove_note
from ideas.services.reviewing.saving import change_view, delete_view, save_view
from ideas.services.reviewing.scoring import Scores, assign, score
from ideas.services.reviewing.tagging import tag

__all__ = [
    "Scores",
    "assign",
    "be_present",
    "change_view",
    "delete_view",
    "mark_seen",
    "note",
    "remove_note",
    "save_view",
    "score",
    "tag",
]
