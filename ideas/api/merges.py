"""Merging ideas, undoing it, and what the author of a merged idea says."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from ideas.api.asking import Asked, created
from ideas.models import Idea, Merge
from ideas.serializers import (
    ConsentSerializer,
    MergedSerializer,
    MergeSerializer,
    NewMergeSerializer,
    ReplySerializer,
    UndoSerializer,
)
from ideas.services import merging


class AskedOfMerge(Asked):
    def merge_of(self, pk: int) -> Merge:
        """The merge by which an idea stands under another one, or 404."""
        ideas = Idea.objects.visible_to(self.viewer).values("pk")
        return get_object_or_404(Merge.objects.live().filter(duplicate__in=ideas), duplicate=pk)

    def answer_with(self, merge: Merge) -> Response:
        root = Idea.objects.values_list("merged_into", flat=True).get(pk=merge.duplicate_id)
        assert root is not None
        rows = Merge.objects.under(root, self.viewer)
        return self.answer(MergeSerializer, rows.get(pk=merge.pk))

    def said(self, form: type[BaseSerializer[object]], name: str) -> str:
        words: str = self.heard(form)[name]
        return words


class IdeaMerge(AskedOfMerge):
    required_scopes = {"POST": "decide", "DELETE": "decide"}

    @extend_schema(responses=MergeSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Say into which idea this one was merged, and why; 404 if it stands for itself."""
        return self.answer_with(self.merge_of(pk))

    @extend_schema(request=NewMergeSerializer, responses={201: MergeSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Merge this idea into another one.

        Nothing is copied, and it can be undone. If the other idea was merged itself, this one
        goes under the idea that stands for it: `into` of the answer says which.
        """
        said = self.heard(NewMergeSerializer)
        other = self.idea(said["into"])
        merge = merging.merge(
            duplicate=self.idea(pk), survivor=other, by=self.member, note=said["note"]
        )
        return created(self.answer_with(merge))

    @extend_schema(parameters=[UndoSerializer], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Undo the merge: votes and comments are back where they were given.

        Say why in `note`, in the address or in the body.
        """
        sent = UndoSerializer(data=request.data or request.query_params)
        sent.is_valid(raise_exception=True)
        note = sent.validated_data["note"]
        merging.unmerge(merge=self.merge_of(pk), by=self.member, note=note)
        return Response(status=204)


class Merged(Asked):
    @extend_schema(responses=MergedSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List what was merged into an idea."""
        merges = Merge.objects.under(self.idea(pk).pk, self.viewer)
        return Response(MergedSerializer({"results": merges}, context={"request": request}).data)


class MergeConsent(AskedOfMerge):
    @extend_schema(request=ConsentSerializer, responses=MergeSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Agree or object to the merge of your idea. An objection is public."""
        said, merge = self.heard(ConsentSerializer), self.merge_of(pk)
        if said["agrees"]:
            return self.answer_with(merging.agree(merge=merge, by=self.member))
        objected = merging.object_to(merge=merge, by=self.member, objection=said["objection"])
        return self.answer_with(objected)


class ObjectionReply(AskedOfMerge):
    required_scopes = {"POST": "decide"}

    @extend_schema(request=ReplySerializer, responses={201: MergeSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Answer an objection for the team. To be convinced is to undo the merge instead."""
        reply, merge = self.said(ReplySerializer, "reply"), self.merge_of(pk)
        merging.reply_to_objection(merge=merge, by=self.member, reply=reply)
        return created(self.answer_with(merge))
