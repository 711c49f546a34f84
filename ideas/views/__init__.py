from ideas.views.comments import comment, comment_edit, comment_history, helpful, resolve
from ideas.views.decisions import decide
from ideas.views.lists import board, boards, drafts, home, index, ordering
from ideas.views.pages import detail, revisions
from ideas.views.review_bulk import bulk
from ideas.views.review_desk import (
    assignment,
    desk,
    notes,
    presence,
    remove_note,
    scores,
    tags,
)
from ideas.views.review_desk import preview as review_preview
from ideas.views.review_queue import change_view, export, queue, save_view
from ideas.views.supports import follow, support
from ideas.views.writing import discard, edit, new, preview, similar

__all__ = [
    "assignment",
    "board",
    "boards",
    "bulk",
    "change_view",
    "comment",
    "comment_edit",
    "comment_history",
    "decide",
    "desk",
    "detail",
    "discard",
    "drafts",
    "edit",
    "export",
    "follow",
    "helpful",
    "home",
    "index",
    "new",
    "notes",
    "ordering",
    "presence",
    "preview",
    "queue",
    "remove_note",
    "resolve",
    "review_preview",
    "revisions",
    "save_view",
    "scores",
    "similar",
    "support",
    "tags",
]
