from ideas.views.comments import comment, comment_edit, comment_history, helpful, resolve
from ideas.views.decisions import decide
from ideas.views.linking import link_idea, link_topic, turn
from ideas.views.lists import board, boards, drafts, home, index, ordering
from ideas.views.pages import detail, revisions
from ideas.views.supports import follow, support
from ideas.views.writing import discard, edit, new, preview, similar

__all__ = [
    "board",
    "boards",
    "comment",
    "comment_edit",
    "comment_history",
    "decide",
    "detail",
    "discard",
    "drafts",
    "edit",
    "follow",
    "helpful",
    "home",
    "index",
    "link_idea",
    "link_topic",
    "new",
    "ordering",
    "preview",
    "resolve",
    "revisions",
    "similar",
    "support",
    "turn",
]
