from ideas.models.board import Board
from ideas.models.calendar import Holiday, WorkCalendar
from ideas.models.co_author import CoAuthor, CoAuthorQuerySet
from ideas.models.comment import Comment, CommentQuerySet, CommentRevision, HelpfulMark
from ideas.models.composing import DecisionTemplate, PendingDecision
from ideas.models.contribution import Contribution, ContributionQuerySet
from ideas.models.decision import Decision
from ideas.models.following import BoardFollow, FeedReader, TagFollow
from ideas.models.idea import Idea, IdeaQuerySet
from ideas.models.merge import Merge
from ideas.models.promise import (
    Escalation,
    Promise,
    PromisePause,
    PromiseQuerySet,
)
from ideas.models.quality import SupportQuality
from ideas.models.retagging import Retagging
from ideas.models.review import Note, Presence, Review, SavedView, TeamDeed
from ideas.models.revision import IdeaImage, IdeaRevision
from ideas.models.support import Follow, Support, SupportChange
from ideas.models.tag import IdeaTag
from ideas.models.tally import IdeaTally, TallyDelta
from ideas.models.terms import PromiseCount, PromiseTerms
from ideas.models.topic_link import TopicLink
from ideas.models.voiding import Voiding

__all__ = [
    "Board",
    "BoardFollow",
    "CoAuthor",
    "CoAuthorQuerySet",
    "Comment",
    "CommentQuerySet",
    "CommentRevision",
    "Contribution",
    "ContributionQuerySet",
    "Decision",
    "DecisionTemplate",
    "Escalation",
    "FeedReader",
    "Follow",
    "HelpfulMark",
    "Holiday",
    "Idea",
    "IdeaImage",
    "IdeaQuerySet",
    "IdeaRevision",
    "IdeaTag",
    "IdeaTally",
    "Merge",
    "Note",
    "PendingDecision",
    "Presence",
    "Promise",
    "PromiseCount",
    "PromisePause",
    "PromiseQuerySet",
    "PromiseTerms",
    "Retagging",
    "Review",
    "SavedView",
    "Support",
    "SupportChange",
    "SupportQuality",
    "TagFollow",
    "TallyDelta",
    "TeamDeed",
    "TopicLink",
    "Voiding",
    "WorkCalendar",
]
