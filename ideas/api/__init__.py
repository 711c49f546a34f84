"""The part of `/api/v1/` that is about ideas: the querysets, services and rules of the pages."""

from django.urls import path

from ideas.api.boards import Boards, OneBoard
from ideas.api.bulk import (
    ManyAssignments,
    ManyDecisions,
    ManyMerges,
    ManyQuestions,
    ManyTags,
)
from ideas.api.comments import CommentHistory, Comments, Helpful, OneComment, Replies, Resolved
from ideas.api.composing import Pending, Reached, Templates
from ideas.api.cowriting import CoAuthors, InvitationAnswer, Invitations, OneCoAuthor
from ideas.api.credits import CommentUsed, Credits, MemberCredits, ReplyUsed
from ideas.api.decisions import Decisions
from ideas.api.feed import BoardFollowing, Feed, FeedAddress, Follows, TagFollowing
from ideas.api.ideas import Drafts, Ideas, OneIdea, Preview, Revisions, Similar
from ideas.api.images import Images, OneImage
from ideas.api.linking import IdeaTopics, OneIdeaTopic, TopicIdeas
from ideas.api.merges import IdeaMerge, MergeConsent, Merged, ObjectionReply
from ideas.api.people import MemberComments, MemberSupports
from ideas.api.promises import IdeaPromises, Overdue, Record, Withdrawal
from ideas.api.retagging import Retag
from ideas.api.review import (
    Deeds,
    IdeaAssignment,
    IdeaScores,
    IdeaTags,
    Notes,
    OneNote,
    Queue,
    Reviewed,
)
from ideas.api.roadmap import Changelog, Roadmap
from ideas.api.saved_views import OneSavedView, SavedViews
from ideas.api.supports import IdeaFollow, IdeaSupport
from ideas.api.votes import Voidings

urlpatterns = [
    path("ideas/", Ideas.as_view(), name="ideas"),
    path("ideas/similar/", Similar.as_view(), name="similar"),
    path("ideas/preview/", Preview.as_view(), name="preview"),
    path("ideas/<int:pk>/", OneIdea.as_view(), name="idea"),
    path("ideas/<int:pk>/tags/", Retag.as_view(), name="retag"),
    path("ideas/<int:pk>/support/", IdeaSupport.as_view(), name="support"),
    path("ideas/<int:pk>/follow/", IdeaFollow.as_view(), name="follow"),
    path("ideas/<int:pk>/co-authors/", CoAuthors.as_view(), name="co_authors"),
    path("ideas/<int:pk>/co-authors/<slug:handle>/", OneCoAuthor.as_view(), name="co_author"),
    path("ideas/<int:pk>/invitation/", InvitationAnswer.as_view(), name="invitation"),
    path("invitations/", Invitations.as_view(), name="invitations"),
    path("ideas/<int:pk>/images/", Images.as_view(), name="images"),
    path("ideas/<int:pk>/images/<int:image>/", OneImage.as_view(), name="image"),
    path("ideas/<int:pk>/comments/", Comments.as_view(), name="comments"),
    path("ideas/<int:pk>/decisions/", Decisions.as_view(), name="decisions"),
    path("ideas/<int:pk>/pending-decision/", Pending.as_view(), name="pending_decision"),
    path("ideas/<int:pk>/reach/", Reached.as_view(), name="reach"),
    path("ideas/<int:pk>/promises/", IdeaPromises.as_view(), name="idea_promises"),
    path("ideas/<int:pk>/revisions/", Revisions.as_view(), name="revisions"),
    path("ideas/<int:pk>/topics/", IdeaTopics.as_view(), name="idea_topics"),
    path("ideas/<int:pk>/topics/<int:topic>/", OneIdeaTopic.as_view(), name="idea_topic"),
    path("topics/<int:pk>/ideas/", TopicIdeas.as_view(), name="topic_ideas"),
    path("ideas/<int:pk>/merge/", IdeaMerge.as_view(), name="merge"),
    path("ideas/<int:pk>/merge/consent/", MergeConsent.as_view(), name="consent"),
    path("ideas/<int:pk>/merge/reply/", ObjectionReply.as_view(), name="reply_to_objection"),
    path("ideas/<int:pk>/merged/", Merged.as_view(), name="merged"),
    path("ideas/<int:pk>/credits/", Credits.as_view(), name="credits"),
    path("members/<slug:handle>/credits/", MemberCredits.as_view(), name="member_credits"),
    path("replies/<int:pk>/used/<int:idea>/", ReplyUsed.as_view(), name="reply_used"),
    path("comments/<int:pk>/used/", CommentUsed.as_view(), name="used"),
    path("comments/<int:pk>/", OneComment.as_view(), name="comment"),
    path("comments/<int:pk>/replies/", Replies.as_view(), name="replies"),
    path("comments/<int:pk>/helpful/", Helpful.as_view(), name="helpful"),
    path("comments/<int:pk>/resolved/", Resolved.as_view(), name="resolved"),
    path("comments/<int:pk>/history/", CommentHistory.as_view(), name="comment_history"),
    path("boards/", Boards.as_view(), name="boards"),
    path("feed/", Feed.as_view(), name="feed"),
    path("feed/address/", FeedAddress.as_view(), name="feed_address"),
    path("follows/", Follows.as_view(), name="follows"),
    path("boards/<slug:slug>/follow/", BoardFollowing.as_view(), name="follow_board"),
    path("tags/<slug:slug>/follow/", TagFollowing.as_view(), name="follow_tag"),
    path("boards/<slug:slug>/", OneBoard.as_view(), name="board"),
    path("members/<slug:handle>/comments/", MemberComments.as_view(), name="member_comments"),
    path("members/<slug:handle>/supports/", MemberSupports.as_view(), name="member_supports"),
    path("roadmap/", Roadmap.as_view(), name="roadmap"),
    path("changelog/", Changelog.as_view(), name="changelog"),
    path("decision-templates/", Templates.as_view(), name="decision_templates"),
    path("promises/", Record.as_view(), name="promises"),
    path("promises/overdue/", Overdue.as_view(), name="overdue"),
    path("promises/<int:pk>/withdrawal/", Withdrawal.as_view(), name="withdrawal"),
    path("review/", Queue.as_view(), name="review"),
    path("review/views/", SavedViews.as_view(), name="review_views"),
    path("review/views/<int:pk>/", OneSavedView.as_view(), name="review_view"),
    path("review/bulk/tags/", ManyTags.as_view(), name="bulk_tags"),
    path("review/bulk/assignments/", ManyAssignments.as_view(), name="bulk_assignments"),
    path("review/bulk/questions/", ManyQuestions.as_view(), name="bulk_questions"),
    path("review/bulk/merges/", ManyMerges.as_view(), name="bulk_merges"),
    path("review/bulk/decisions/", ManyDecisions.as_view(), name="bulk_decisions"),
    path("review/ideas/<int:pk>/", Reviewed.as_view(), name="reviewed"),
    path("review/ideas/<int:pk>/scores/", IdeaScores.as_view(), name="review_scores"),
    path("review/ideas/<int:pk>/assignment/", IdeaAssignment.as_view(), name="review_assignment"),
    path("review/ideas/<int:pk>/tags/", IdeaTags.as_view(), name="review_tags"),
    path("review/ideas/<int:pk>/notes/", Notes.as_view(), name="review_notes"),
    path("review/ideas/<int:pk>/notes/<int:note>/", OneNote.as_view(), name="review_note"),
    path("review/ideas/<int:pk>/deeds/", Deeds.as_view(), name="review_deeds"),
    path("votes/voidings/", Voidings.as_view(), name="voidings"),
    path("drafts/", Drafts.as_view(), name="drafts"),
]
