"""The part of `/api/v1/` that is about ideas: the querysets, services and rules of the pages."""

from django.urls import path

from ideas.api.boards import Boards, OneBoard
from ideas.api.comments import CommentHistory, Comments, Helpful, OneComment, Replies, Resolved
from ideas.api.decisions import Decisions
from ideas.api.ideas import Drafts, Ideas, OneIdea, Preview, Revisions, Similar
from ideas.api.images import Images, OneImage
from ideas.api.linking import IdeaTopics, OneIdeaTopic, TopicIdeas
from ideas.api.supports import IdeaFollow, IdeaSupport

urlpatterns = [
    path("ideas/", Ideas.as_view(), name="ideas"),
    path("ideas/similar/", Similar.as_view(), name="similar"),
    path("ideas/preview/", Preview.as_view(), name="preview"),
    path("ideas/<int:pk>/", OneIdea.as_view(), name="idea"),
    path("ideas/<int:pk>/support/", IdeaSupport.as_view(), name="support"),
    path("ideas/<int:pk>/follow/", IdeaFollow.as_view(), name="follow"),
    path("ideas/<int:pk>/images/", Images.as_view(), name="images"),
    path("ideas/<int:pk>/images/<int:image>/", OneImage.as_view(), name="image"),
    path("ideas/<int:pk>/comments/", Comments.as_view(), name="comments"),
    path("ideas/<int:pk>/decisions/", Decisions.as_view(), name="decisions"),
    path("ideas/<int:pk>/revisions/", Revisions.as_view(), name="revisions"),
    path("ideas/<int:pk>/topics/", IdeaTopics.as_view(), name="idea_topics"),
    path("ideas/<int:pk>/topics/<int:topic>/", OneIdeaTopic.as_view(), name="idea_topic"),
    path("topics/<int:pk>/ideas/", TopicIdeas.as_view(), name="topic_ideas"),
    path("comments/<int:pk>/", OneComment.as_view(), name="comment"),
    path("comments/<int:pk>/replies/", Replies.as_view(), name="replies"),
    path("comments/<int:pk>/helpful/", Helpful.as_view(), name="helpful"),
    path("comments/<int:pk>/resolved/", Resolved.as_view(), name="resolved"),
    path("comments/<int:pk>/history/", CommentHistory.as_view(), name="comment_history"),
    path("boards/", Boards.as_view(), name="boards"),
    path("boards/<slug:slug>/", OneBoard.as_view(), name="board"),
    path("drafts/", Drafts.as_view(), name="drafts"),
]
