"""The forum for programs: the querysets, services and rules of the pages."""

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import Asked, created
from community.api.paging import CURSOR, cut, descending, place_of
from community.cursors import Page
from community.forum import finding, knowledge
from community.forum.listing import Wanted, page_of
from community.forum.ordering import ORDERS
from community.forum.thread import thread_of
from community.models import Reply, Space, Topic
from community.serializers.forum import (
    ChangeReplySerializer,
    ChangeTopicSerializer,
    ChosenAnswerSerializer,
    NewReplySerializer,
    NewTopicSerializer,
    ReplyHelpfulSerializer,
    ReplyPageSerializer,
    ReplyRevisionPageSerializer,
    ReplyRevisionSerializer,
    ReplySerializer,
    SimilarTopicsSerializer,
    SpaceListSerializer,
    SpaceSerializer,
    TopicClosedSerializer,
    TopicFollowSerializer,
    TopicListSerializer,
    TopicPageSerializer,
    TopicRevisionPageSerializer,
    TopicRevisionSerializer,
    TopicSerializer,
    TopicTitleSerializer,
    WholeTopicSerializer,
)
from community.serializers.knowledge import AnswerPageSerializer, KnownAnswerSerializer
from community.services import answers, replies, topics


class InForum(Asked):
    """A view that knows which topics and replies the one who asks may see."""

    def topic(self, pk: int) -> Topic:
        return get_object_or_404(Topic.objects.visible_to(self.viewer).for_page(self.viewer), pk=pk)

    def reply(self, pk: int) -> Reply:
        rows = Reply.objects.in_visible_topics(self.viewer).for_thread(self.viewer)
        whole = rows.defer(None).defer("search").select_related("author", "team", "topic__space")
        return get_object_or_404(whole, pk=pk)

    def whole(self, pk: int) -> Response:
        topic = self.topic(pk)
        rows = topic.replies.for_thread(self.viewer).defer(None).accepted()
        topic.answer = rows.first() if topic.tally.answered_at else None  # type: ignore[attr-defined]
        return self.answer(WholeTopicSerializer, topic)


class Spaces(InForum):
    @extend_schema(responses=SpaceListSerializer)
    def get(self, request: Request) -> Response:
        """List the spaces of the forum."""
        return self.answer(SpaceListSerializer, {"results": Space.objects.in_order()})


class OneSpace(InForum):
    @extend_schema(responses=SpaceSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Read a space."""
        return self.answer(SpaceSerializer, get_object_or_404(Space.objects.in_order(), slug=slug))


class FollowedSpace(InForum):
    required_scopes = {"PUT": "support", "DELETE": "support"}

    def space(self, slug: str) -> Space:
        return get_object_or_404(Space.objects.for_page(self.viewer), slug=slug)

    @extend_schema(responses=TopicFollowSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Say whether you follow a space."""
        followed = self.space(slug).is_followed  # type: ignore[attr-defined]
        return self.answer(TopicFollowSerializer, {"following": followed})

    @extend_schema(request=None, responses=TopicFollowSerializer)
    def put(self, request: Request, slug: str) -> Response:
        """Follow a space: hear of its new topics."""
        topics.follow_space(space=self.space(slug), member=self.member)
        return self.answer(TopicFollowSerializer, {"following": True})

    @extend_schema(responses={200: TopicFollowSerializer})
    def delete(self, request: Request, slug: str) -> Response:
        """Follow a space no more."""
        topics.unfollow_space(space=self.space(slug), member=self.member)
        return self.answer(TopicFollowSerializer, {"following": False})


class Topics(InForum):
    @extend_schema(parameters=[TopicListSerializer, CURSOR], responses=TopicPageSerializer)
    def get(self, request: Request) -> Response:
        """List topics in one of the four orders, filtered or searched.

        `unanswered` lists questions without an accepted answer, who waited longest first. A search
        is ordered by how well it matches.
        """
        asked = self.asked(TopicListSerializer)
        wanted = Wanted(
            order=ORDERS[asked.pop("order")],
            words=asked.pop("q", ""),
            size=asked.pop("limit"),
            author=asked.pop("author", "").removeprefix("@"),
            after=place_of(request),
            **asked,
        )
        page = page_of(wanted, self.viewer)
        return self.page(TopicSerializer, page.items, page.next)

    @extend_schema(request=NewTopicSerializer, responses={201: WholeTopicSerializer})
    def post(self, request: Request) -> Response:
        """Open a topic. You follow it from then on."""
        said = self.heard(NewTopicSerializer)
        said.setdefault("language", self.member.language)
        topic = topics.open_topic(by=self.member, **said)
        return created(self.whole(topic.pk))


class SimilarTopics(InForum):
    @extend_schema(parameters=[TopicTitleSerializer], responses=SimilarTopicsSerializer)
    def get(self, request: Request) -> Response:
        """Find up to five topics that ask about the same as a title, answered ones first."""
        title = self.asked(TopicTitleSerializer)["title"]
        found = finding.similar(title=title, viewer=self.viewer)
        return self.answer(SimilarTopicsSerializer, {"results": found})


class OneTopic(InForum):
    may_be_stale = ("PATCH",)

    @extend_schema(responses=WholeTopicSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Read a topic with its text and its accepted answer."""
        return self.whole(pk)

    @extend_schema(request=ChangeTopicSerializer, responses=WholeTopicSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Change your topic. It needs the `version` that you read; what you leave out stays."""
        topic = self.topic(pk)
        said = self.heard(ChangeTopicSerializer)
        for name in ("title", "body"):
            said.setdefault(name, getattr(topic, name))
        said.setdefault("tags", list(topic.tags.names()))
        topics.edit_topic(topic=topic, by=self.member, **said)
        return self.whole(pk)


class TopicRevisions(InForum):
    @extend_schema(parameters=[CURSOR], responses=TopicRevisionPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List what a topic said before, newest first."""
        rows, behind = cut(self.topic(pk).revisions.all(), descending("number"), place_of(request))
        return self.page(TopicRevisionSerializer, rows, behind)


class TopicReplies(InForum):
    @extend_schema(parameters=[CURSOR], responses=ReplyPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List the replies in a topic.

        Those to a question by how helpful they are, without the accepted answer, which the topic
        holds; all others in time.
        """
        topic = self.topic(pk)
        thread = thread_of(topic, self.viewer, after=place_of(request), whole=True)
        return self.page(ReplySerializer, thread.replies, thread.next)

    @extend_schema(request=NewReplySerializer, responses={201: ReplySerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Reply, perhaps to another reply that you quote. You follow the topic from then on."""
        topic = self.topic(pk)
        said = self.heard(NewReplySerializer)
        named = said.get("quotes")
        quoted = get_object_or_404(topic.replies.shown(), pk=named) if named else None
        made = replies.reply(topic=topic, by=self.member, body=said["body"], quotes=quoted)
        return created(self.answer(ReplySerializer, self.reply(made.pk)))


class TopicAnswer(InForum):
    @extend_schema(request=ChosenAnswerSerializer, responses=WholeTopicSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Accept a reply as the answer to your question, or as the team of its space.

        Another one that was accepted is the answer no more.
        """
        topic = self.topic(pk)
        named = self.heard(ChosenAnswerSerializer)["reply"]
        answers.accept(reply=answers.answer_named(topic, named), by=self.member)
        return self.whole(pk)

    @extend_schema(responses={200: WholeTopicSerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Take the accepted answer back: the question waits again."""
        answers.unaccept(topic=self.topic(pk), by=self.member)
        return self.whole(pk)


class TopicClosed(InForum):
    @extend_schema(request=TopicClosedSerializer, responses=WholeTopicSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Close a topic of your team's space, or open it for replies again."""
        closed = self.heard(TopicClosedSerializer)["closed"]
        topics.set_closed(topic=self.topic(pk), by=self.member, closed=closed)
        return self.whole(pk)


class FollowedTopic(InForum):
    required_scopes = {"PUT": "support", "DELETE": "support"}

    @extend_schema(responses=TopicFollowSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Say whether you follow a topic."""
        followed = self.topic(pk).is_followed  # type: ignore[attr-defined]
        return self.answer(TopicFollowSerializer, {"following": followed})

    @extend_schema(request=None, responses=TopicFollowSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Follow a topic: hear of replies."""
        topics.follow(topic=self.topic(pk), member=self.member)
        return self.answer(TopicFollowSerializer, {"following": True})

    @extend_schema(responses={200: TopicFollowSerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Follow a topic no more."""
        topics.unfollow(topic=self.topic(pk), member=self.member)
        return self.answer(TopicFollowSerializer, {"following": False})


class OneReply(InForum):
    may_be_stale = ("PATCH",)

    @extend_schema(responses=ReplySerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Read a reply."""
        return self.answer(ReplySerializer, self.reply(pk))

    @extend_schema(request=ChangeReplySerializer, responses=ReplySerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Change your reply. What it said before stays readable."""
        said = self.heard(ChangeReplySerializer)
        replies.edit_reply(reply=self.reply(pk), by=self.member, **said)
        return self.answer(ReplySerializer, self.reply(pk))


class ReplyRevisions(InForum):
    @extend_schema(parameters=[CURSOR], responses=ReplyRevisionPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List what a reply said before, newest first."""
        rows, behind = cut(self.reply(pk).revisions.all(), descending("number"), place_of(request))
        return self.page(ReplyRevisionSerializer, rows, behind)


class HelpfulReply(InForum):
    required_scopes = {"PUT": "support", "DELETE": "support"}

    @extend_schema(request=ReplyHelpfulSerializer, responses=ReplySerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Say whether a reply helped you."""
        helpful = self.heard(ReplyHelpfulSerializer)["helpful"]
        replies.mark_helpful(reply=self.reply(pk), by=self.member, helpful=helpful)
        return self.answer(ReplySerializer, self.reply(pk))

    @extend_schema(responses={200: ReplySerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Take your mark back."""
        replies.mark_helpful(reply=self.reply(pk), by=self.member, helpful=None)
        return self.answer(ReplySerializer, self.reply(pk))


class SolvedReply(InForum):
    required_scopes = {"PUT": "support", "DELETE": "support"}

    @extend_schema(request=None, responses=ReplySerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Say that an accepted answer solved yours, too."""
        return self._set(pk, solved=True)

    @extend_schema(responses={200: ReplySerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Take that back."""
        return self._set(pk, solved=False)

    def _set(self, pk: int, *, solved: bool) -> Response:
        answers.say_solved(reply=self.reply(pk), by=self.member, solved=solved)
        return self.answer(ReplySerializer, self.reply(pk))


class MemberAnswers(Asked):
    @extend_schema(parameters=[CURSOR], responses=AnswerPageSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """List a member's answers that were accepted, the newest first."""
        member = self.member_with(handle)
        page = Page[Reply]()
        if not member.is_blocked:  # type: ignore[attr-defined]
            page = knowledge.answers_of(member, request.query_params.get("cursor", ""))
        return self.page_of(KnownAnswerSerializer, page)


urlpatterns = [
    path("members/<slug:handle>/answers/", MemberAnswers.as_view(), name="member_answers"),
    path("spaces/", Spaces.as_view(), name="spaces"),
    path("spaces/<slug:slug>/", OneSpace.as_view(), name="space"),
    path("spaces/<slug:slug>/follow/", FollowedSpace.as_view(), name="space_follow"),
    path("topics/", Topics.as_view(), name="topics"),
    path("topics/similar/", SimilarTopics.as_view(), name="similar_topics"),
    path("topics/<int:pk>/", OneTopic.as_view(), name="topic"),
    path("topics/<int:pk>/revisions/", TopicRevisions.as_view(), name="topic_revisions"),
    path("topics/<int:pk>/replies/", TopicReplies.as_view(), name="topic_replies"),
    path("topics/<int:pk>/answer/", TopicAnswer.as_view(), name="topic_answer"),
    path("topics/<int:pk>/closed/", TopicClosed.as_view(), name="topic_closed"),
    path("topics/<int:pk>/follow/", FollowedTopic.as_view(), name="topic_follow"),
    path("replies/<int:pk>/", OneReply.as_view(), name="reply"),
    path("replies/<int:pk>/history/", ReplyRevisions.as_view(), name="reply_history"),
    path("replies/<int:pk>/helpful/", HelpfulReply.as_view(), name="reply_helpful"),
    path("replies/<int:pk>/solved-too/", SolvedReply.as_view(), name="solved_too"),
]
