"""The pictures of an idea."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ideas.api.asking import Asked, created
from ideas.serializers import ImageSerializer, UploadSerializer
from ideas.services import pictures


class Images(Asked):
    parser_classes = [MultiPartParser]

    @extend_schema(request=UploadSerializer, responses={201: ImageSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Add a picture to your idea.

        JPEG, PNG, WebP or GIF of 5 MB at the most. It is drawn anew, and nothing else of the file
        is kept.
        """
        idea = self.idea(pk)
        image = pictures.add_picture(idea=idea, by=self.member, **self.heard(UploadSerializer))
        return created(self.answer(ImageSerializer, image))


class OneImage(Asked):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, image: int) -> Response:
        """Take a picture out of your idea."""
        picture = get_object_or_404(self.idea(pk).images, pk=image)
        pictures.remove_picture(picture=picture, by=self.member)
        return Response(status=204)
