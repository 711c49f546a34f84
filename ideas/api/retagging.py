"""Sorting ideas of others by their tags."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ideas.api.asking import Asked
from ideas.api.ideas import whole
from ideas.serializers import WholeIdeaSerializer
from ideas.serializers.review import ReviewTagsSerializer
from ideas.services import retagging


class Retag(Asked):
    @extend_schema(request=ReviewTagsSerializer, responses=WholeIdeaSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Add and remove tags of somebody's idea, from trust level 3 on."""
        said = self.heard(ReviewTagsSerializer)
        retagging.retag(idea=self.standing(pk), by=self.member, **said)
        return self.answer(WholeIdeaSerializer, whole(self.standing(pk), self.member))
