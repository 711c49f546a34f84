"""Topics of the forum and ideas, tied together."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.models import Topic
from ideas.api.asking import Asked, created
from ideas.api.ideas import whole
from ideas.models import TopicLink
from ideas.serializers import WholeIdeaSerializer
from ideas.serializers.linking import IdeaTopicsSerializer, TopicIdeasSerializer, TurnSerializer
from ideas.services import linking


class InBoth(Asked):
    def topic(self, pk: int) -> Topic:
        """One topic, if the one who asks may see it; else 404."""
        rows = Topic.objects.visible_to(self.viewer).for_page(self.viewer)
        return get_object_or_404(rows, pk=pk)


class IdeaTopics(InBoth):
    @extend_schema(responses=IdeaTopicsSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List the topics of the forum that belong to an idea."""
        links = TopicLink.objects.topics_of(self.idea(pk), self.viewer)
        return self.answer(IdeaTopicsSerializer, {"results": links.select_related("topic__author")})


class OneIdeaTopic(InBoth):
    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, pk: int, topic: int) -> Response:
        """Tie an idea and a topic of the forum together."""
        linking.link(topic=self.topic(topic), idea=self.idea(pk), by=self.member)
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, topic: int) -> Response:
        """Untie them. That an idea began as a topic stays."""
        linking.unlink(topic=self.topic(topic), idea=self.idea(pk), by=self.member)
        return Response(status=204)


class TopicIdeas(InBoth):
    @extend_schema(responses=TopicIdeasSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List the ideas that belong to a topic."""
        links = TopicLink.objects.ideas_of(self.topic(pk), self.viewer)
        return self.answer(TopicIdeasSerializer, {"results": links})

    @extend_schema(request=TurnSerializer, responses={201: WholeIdeaSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Make an idea of a topic, as its author or as the team of its space.

        It is a draft of the topic's author, who is told and posts it or throws it away. To a team
        member who made it, the answer is empty: drafts are their authors'.
        """
        topic = self.topic(pk)
        board = self.heard(TurnSerializer)["board"]
        draft = linking.turn_into_idea(topic=topic, by=self.member, board=board)
        if draft.author_id != self.member.pk:
            return Response(status=204)
        return created(self.answer(WholeIdeaSerializer, whole(self.idea(draft.pk), self.member)))
