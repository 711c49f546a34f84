"""Comments, replies, helpful marks and settled points."""

from collections.abc import Sequence
from itertools import groupby

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from community.api.paging import BY_HELP, CURSOR, ascending, cut, descending, place_of
from ideas.api.asking import Asked, created
from ideas.models import Comment, Idea
from ideas.serializers import (
    ChangeCommentSerializer,
    CommentPageSerializer,
    CommentRevisionPageSerializer,
    CommentRevisionSerializer,
    CommentSerializer,
    HelpfulSerializer,
    NewCommentSerializer,
    ThreadPageSerializer,
    ThreadSerializer,
)
from ideas.services import discussing

THREADS = 20
REPLIES = 20


class Comments(Asked):
    @extend_schema(parameters=[CURSOR], responses=ThreadPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List the comments on an idea, the most helpful first, each with its first 20 replies."""
        idea = self.idea(pk)
        first = idea.comments.for_thread(self.viewer).defer(None).filter(parent=None)
        threads, behind = cut(first, BY_HELP, place_of(request), THREADS)
        self._attach_replies(threads)
        shown = [thread for thread in threads if not thread.hidden_at or thread.shown_replies]  # type: ignore[attr-defined]
        return self.page(ThreadSerializer, shown, behind)

    def _attach_replies(self, threads: Sequence[Comment]) -> None:
        """The first replies of each thread, and one more that tells of others. One query."""
        place = Window(RowNumber(), partition_by=F("parent_id"), order_by="id")
        replies = self.comments().filter(parent__in=threads).annotate(place=place)
        rows = replies.filter(place__lte=REPLIES + 1).order_by("parent_id", "id")
        groups = {parent: list(group) for parent, group in groupby(rows, lambda r: r.parent_id)}
        for thread in threads:
            thread.shown_replies = groups.get(thread.pk, [])[:REPLIES]  # type: ignore[attr-defined]
            thread.has_more_replies = len(groups.get(thread.pk, [])) > REPLIES  # type: ignore[attr-defined]

    @extend_schema(request=NewCommentSerializer, responses={201: CommentSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Comment on an idea, or reply to a comment.

        A reply is of the kind `comment`; a reply to a reply joins its thread.
        """
        idea = self.idea(pk)
        said = self.heard(NewCommentSerializer)
        parent = self._parent(idea, said.pop("parent", None))
        comment = discussing.comment(idea=idea, by=self.member, parent=parent, **said)
        return created(self.answer(CommentSerializer, self.comments().get(pk=comment.pk)))

    def _parent(self, idea: Idea, pk: int | None) -> Comment | None:
        if pk is None:
            return None
        parent = idea.comments.shown().select_related("parent").filter(pk=pk).first()
        if parent is None:
            raise ValidationError({"parent": [_("There is no such comment on this idea.")]})
        return parent


class AskedOfComment(Asked):
    def comment(self, pk: int) -> Comment:
        """One comment, if the one who asks may see it; else 404."""
        return get_object_or_404(self.comments(), pk=pk)

    def answer_with(self, pk: int) -> Response:
        return self.answer(CommentSerializer, self.comment(pk))


class OneComment(AskedOfComment):
    may_be_stale = ("PATCH",)

    @extend_schema(responses=CommentSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Read a comment."""
        return self.answer_with(pk)

    @extend_schema(request=ChangeCommentSerializer, responses=CommentSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Change your comment. What it said before stays readable."""
        comment = self.comment(pk)
        said = self.heard(ChangeCommentSerializer)
        discussing.edit_comment(comment=comment, by=self.member, **said)
        return self.answer_with(pk)


class Replies(AskedOfComment):
    @extend_schema(parameters=[CURSOR], responses=CommentPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List all replies to a comment, oldest first."""
        rows = self.comments().filter(parent=self.comment(pk))
        replies, behind = cut(rows, ascending("id"), place_of(request))
        return self.page(CommentSerializer, replies, behind)


class Helpful(AskedOfComment):
    @extend_schema(request=HelpfulSerializer, responses=CommentSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Say whether a comment helped you."""
        helpful = self.heard(HelpfulSerializer)["helpful"]
        discussing.mark_helpful(comment=self.comment(pk), by=self.member, helpful=helpful)
        return self.answer_with(pk)

    @extend_schema(responses={200: CommentSerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Take your mark back."""
        discussing.mark_helpful(comment=self.comment(pk), by=self.member, helpful=None)
        return self.answer_with(pk)


class Resolved(AskedOfComment):
    @extend_schema(request=None, responses=CommentSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Settle a question or concern."""
        discussing.resolve(comment=self.comment(pk), by=self.member, resolved=True)
        return self.answer_with(pk)

    @extend_schema(responses={200: CommentSerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Take a settled question or concern up again."""
        discussing.resolve(comment=self.comment(pk), by=self.member, resolved=False)
        return self.answer_with(pk)


class CommentHistory(AskedOfComment):
    @extend_schema(parameters=[CURSOR], responses=CommentRevisionPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List what a comment said before its changes, newest first."""
        revisions = self.comment(pk).revisions.all()
        rows, behind = cut(revisions, descending("number"), place_of(request))
        return self.page(CommentRevisionSerializer, rows, behind)
