"""The review queue, and what a team keeps to itself. For members of the team alone."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from community.api.paging import CURSOR, cut, descending, place_of
from community.models import Member, Team
from community.models.token import Scope
from community.permissions import ScopedAccess
from ideas import lanes, policies
from ideas.api.asking import Asked, created
from ideas.lanes import LANES, View
from ideas.models import Idea
from ideas.serializers.review import (
    AssignmentSerializer,
    DeedPageSerializer,
    DeedSerializer,
    NewNoteSerializer,
    NotePageSerializer,
    NoteSerializer,
    QueuedIdeaSerializer,
    QueuePageSerializer,
    QueueSerializer,
    ReviewedIdeaSerializer,
    ReviewTagsSerializer,
    ScoresSerializer,
)
from ideas.services import reviewing
from ideas.services.reviewing import Scores


class Private(Asked):
    """Needs the scope `review` for reading, too."""

    permission_classes = [IsAuthenticated, ScopedAccess]
    required_scopes = dict.fromkeys(("GET", "HEAD", "POST", "PUT", "DELETE"), Scope.REVIEW.value)

    def reviewed(self, pk: int) -> Idea:
        """One idea, if the one who asks reviews it: else 404 or 403."""
        idea = get_object_or_404(
            Idea.objects.visible_to(self.member).select_related("board__team"), pk=pk
        )
        policies.can_review(self.member, idea).enforce()
        return idea

    def named(self, model: Any, field: str, **name: str | None) -> Any:
        """Whom or what a name of the request means; None for null, 400 for nobody."""
        if None in name.values():
            return None
        found = model.objects.filter(**name).first()
        if found is None:
            raise ValidationError({field: [_("There is nobody of that name.")]})
        return found

    def answer_with(self, pk: int) -> Response:
        [idea] = lanes.rows([pk])
        idea.notes_kept = idea.notes.filter(removed_at=None).count()  # type: ignore[attr-defined]
        return self.answer(ReviewedIdeaSerializer, idea)


class Queue(Private):
    @extend_schema(parameters=[QueueSerializer, CURSOR], responses=QueuePageSerializer)
    def get(self, request: Request) -> Response:
        """List the ideas that wait for your teams, in one of the lanes.

        The lane `unseen` is one page: a sample that stays the same all week.
        """
        policies.can_open_queue(self.member).enforce()
        asked = self.asked(QueueSerializer)
        view = View(
            reviewer=self.member,
            boards=policies.reviewed_by(self.member),
            lane=LANES[asked.pop("lane")],
            assignee=asked.pop("assignee", "").removeprefix("@").lower(),
            words=asked.pop("q", ""),
            size=asked.pop("limit"),
            after=place_of(request),
            **asked,
        )
        part = lanes.part_of(view)
        return self.page(QueuedIdeaSerializer, part.items, part.next)


class Reviewed(Private):
    @extend_schema(responses=ReviewedIdeaSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Read what your team keeps about an idea."""
        return self.answer_with(self.reviewed(pk).pk)


class IdeaScores(Private):
    may_be_stale = ("PUT",)

    @extend_schema(request=ScoresSerializer, responses=ReviewedIdeaSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Score an idea, 1 to 5 each."""
        idea, said = self.reviewed(pk), self.heard(ScoresSerializer)
        version = said.pop("version")
        reviewing.score(idea=idea, by=self.member, version=version, scores=Scores(**said))
        return self.answer_with(pk)


class IdeaAssignment(Private):
    may_be_stale = ("PUT",)

    @extend_schema(request=AssignmentSerializer, responses=ReviewedIdeaSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Hand an idea to somebody of the team in charge, or to another team."""
        idea, said = self.reviewed(pk), self.heard(AssignmentSerializer)
        reviewing.assign(
            idea=idea,
            by=self.member,
            version=said["version"],
            assignee=self.named(Member, "assignee", handle=lower(said["assignee"])),
            team=self.named(Team, "team", slug=said["team"]),
        )
        return self.answer_with(pk)


def lower(handle: str | None) -> str | None:
    """A handle as it is kept, however it was written."""
    return handle and handle.removeprefix("@").lower()


class IdeaTags(Private):
    @extend_schema(request=ReviewTagsSerializer, responses=ReviewedIdeaSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Add and remove tags of an idea."""
        reviewing.tag(idea=self.reviewed(pk), by=self.member, **self.heard(ReviewTagsSerializer))
        return self.answer_with(pk)


class Notes(Private):
    @extend_schema(parameters=[CURSOR], responses=NotePageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List the team's notes on an idea, newest first."""
        kept = self.reviewed(pk).notes.filter(removed_at=None).select_related("author")
        rows, behind = cut(kept, descending("id"), place_of(request))
        return self.page(NoteSerializer, rows, behind)

    @extend_schema(request=NewNoteSerializer, responses={201: NoteSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Keep a note that only the team reads."""
        body = self.heard(NewNoteSerializer)["body"]
        note = reviewing.note(idea=self.reviewed(pk), by=self.member, body=body)
        note.refresh_from_db()
        return created(self.answer(NoteSerializer, note))


class OneNote(Private):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, note: int) -> Response:
        """Take a note of yours back."""
        kept = self.reviewed(pk).notes.filter(removed_at=None)
        reviewing.remove_note(note=get_object_or_404(kept, pk=note), by=self.member)
        return Response(status=204)


class Deeds(Private):
    @extend_schema(parameters=[CURSOR], responses=DeedPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List what teams did to an idea, newest first."""
        done = self.reviewed(pk).deeds.select_related("member")
        rows, behind = cut(done, descending("id"), place_of(request))
        return self.page(DeedSerializer, rows, behind)
