from ideas.views.comments import comment, comment_edit, comment_history, helpful, resolve
from ideas.views.credits import member_credits, used
from ideas.views.decisions import decide
from ideas.views.lists import board, boards, drafts, home, index, ordering
from ideas.views.merges import consent, merge, reply, unmerge
from ideas.views.pages import detail, revisions
from ideas.views.supports import follow, support
from ideas.views.writing import discard, edit, new, preview, similar

__all__ = [
    "board",
    "boards",
    "comment",
    "comment_edit",
    "comment_history",
    "consent",
    "decide",
    "detail",
    "discard",
    "drafts",
    "edit",
    "follow",
    "helpful",
    "home",
    "index",
    "member_credits",
    "merge",
    "new",
    "ordering",
    "preview",
    "reply",
    "resolve",
    "revisions",
    "similar",
    "support",
    "unmerge",
    "used",
]
