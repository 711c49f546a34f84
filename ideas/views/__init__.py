from ideas.views.comments import comment, comment_edit, comment_history, helpful, resolve
from ideas.views.composing import compose
from ideas.views.credits import member_credits, used
from ideas.views.decisions import decide
from ideas.views.exports import export_csv, export_json
from ideas.views.lists import board, boards, drafts, home, index, ordering
from ideas.views.merges import consent, merge, reply, unmerge
from ideas.views.pages import detail, printed, revisions
from ideas.views.promises import board_promises, promises, withdraw_promise
from ideas.views.roadmaps import changelog, roadmap
from ideas.views.supports import follow, support
from ideas.views.waiting import judge, pending
from ideas.views.writing import discard, edit, new, preview, similar

__all__ = [
    "board",
    "board_promises",
    "boards",
    "changelog",
    "comment",
    "comment_edit",
    "comment_history",
    "compose",
    "consent",
    "decide",
    "detail",
    "discard",
    "drafts",
    "edit",
    "export_csv",
    "export_json",
    "follow",
    "helpful",
    "home",
    "index",
    "judge",
    "member_credits",
    "merge",
    "new",
    "ordering",
    "pending",
    "preview",
    "printed",
    "promises",
    "reply",
    "resolve",
    "revisions",
    "roadmap",
    "similar",
    "support",
    "unmerge",
    "used",
    "withdraw_promise",
]
