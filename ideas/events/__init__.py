"""What happens to ideas: ids and plain values."""

from ideas.events.deciding import (
    DecisionApproved,
    DecisionCancelled,
    DecisionMade,
    DecisionOvertaken,
    DecisionProposed,
    DecisionPublished,
    DecisionReturned,
)
from ideas.events.merging import (
    IdeasMerged,
    IdeasUnmerged,
    MergeAnswered,
    ObjectionAnswered,
)
from ideas.events.posting import (
    CoAuthorGone,
    CoAuthorInvited,
    CoAuthorJoined,
    DraftDiscarded,
    IdeaOpened,
    IdeaRetagged,
    IdeaRevised,
    IdeasSorted,
    TopicBecameIdea,
)
from ideas.events.promises import (
    BoardTermsChanged,
    PromiseEscalated,
    PromiseWithdrawn,
)
from ideas.events.talking import (
    CommentFoundHelpful,
    CommentHelpfulWithdrawn,
    CommentPosted,
    ContributionCredited,
    ContributionTakenBack,
    PointResolved,
)
from ideas.events.votes import (
    SupportGiven,
    SupportsReinstated,
    SupportsVoided,
    SupportWithdrawn,
)

__all__ = [
    "BoardTermsChanged",
    "CoAuthorGone",
    "CoAuthorInvited",
    "CoAuthorJoined",
    "CommentFoundHelpful",
    "CommentHelpfulWithdrawn",
    "CommentPosted",
    "ContributionCredited",
    "ContributionTakenBack",
    "DecisionApproved",
    "DecisionCancelled",
    "DecisionMade",
    "DecisionOvertaken",
    "DecisionProposed",
    "DecisionPublished",
    "DecisionReturned",
    "DraftDiscarded",
    "IdeaOpened",
    "IdeaRetagged",
    "IdeaRevised",
    "IdeasMerged",
    "IdeasSorted",
    "IdeasUnmerged",
    "MergeAnswered",
    "ObjectionAnswered",
    "PointResolved",
    "PromiseEscalated",
    "PromiseWithdrawn",
    "SupportGiven",
    "SupportWithdrawn",
    "SupportsReinstated",
    "SupportsVoided",
    "TopicBecameIdea",
]
