from ideas.views.comments import comment, comment_edit, comment_history, helpful, resolve
from ideas.views.composing import compose
from ideas.views.cowriting import co_authors, invitation, leave_draft, remove_co_author
from ideas.views.credits import reply_used, used
from ideas.views.decisions import decide
from ideas.views.exports import export_csv, export_json
from ideas.views.feed import feed, feed_address, follow_board, follow_tag, follows
from ideas.views.linking import link_idea, link_topic, turn
from ideas.views.lists import board, boards, drafts, home, index, ordering
from ideas.views.merges import consent, merge, reply, unmerge
from ideas.views.pages import detail, printed, revisions
from ideas.views.promises import board_promises, promises, withdraw_promise
from ideas.views.retagging import retag
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
from ideas.views.review_desk import (
    preview as review_preview,
)
from ideas.views.review_queue import change_view, export, queue, save_view
from ideas.views.roadmaps import changelog, roadmap
from ideas.views.supports import follow, support
from ideas.views.votes import votes
from ideas.views.waiting import judge, pending
from ideas.views.writing import discard, edit, new, preview, similar

__all__ = [
    "assignment",
    "board",
    "board_promises",
    "boards",
    "bulk",
    "change_view",
    "changelog",
    "co_authors",
    "comment",
    "comment_edit",
    "comment_history",
    "compose",
    "consent",
    "decide",
    "desk",
    "detail",
    "discard",
    "drafts",
    "edit",
    "export",
    "export_csv",
    "export_json",
    "feed",
    "feed_address",
    "follow",
    "follow_board",
    "follow_tag",
    "follows",
    "helpful",
    "home",
    "index",
    "invitation",
    "judge",
    "leave_draft",
    "link_idea",
    "link_topic",
    "merge",
    "new",
    "notes",
    "ordering",
    "pending",
    "presence",
    "preview",
    "printed",
    "promises",
    "queue",
    "remove_co_author",
    "remove_note",
    "reply",
    "reply_used",
    "resolve",
    "retag",
    "review_preview",
    "revisions",
    "roadmap",
    "save_view",
    "scores",
    "similar",
    "support",
    "tags",
    "turn",
    "unmerge",
    "used",
    "votes",
    "withdraw_promise",
]
