from ideas.models.board import Board
from ideas.models.comment import Comment, CommentQuerySet, CommentRevision, HelpfulMark
from ideas.models.decision import Decision
from ideas.models.idea import Idea, IdeaImage, IdeaQuerySet, IdeaRevision
from ideas.models.support import Follow, Support, SupportChange
from ideas.models.tag import IdeaTag
from ideas.models.tally import IdeaTally, TallyDelta

__all__ = [
    "Board",
    "Comment",
    "CommentQuerySet",
    "CommentRevision",
    "Decision",
    "Follow",
    "HelpfulMark",
    "Idea",
    "IdeaImage",
    "IdeaQuerySet",
    "IdeaRevision",
    "IdeaTag",
    "IdeaTally",
    "Support",
    "SupportChange",
    "TallyDelta",
]
