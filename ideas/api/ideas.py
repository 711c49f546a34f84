"""Ideas: lists, one idea, drafts, twins, earlier versions."""

from typing import Any

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from community import markdown
from community.api.paging import CURSOR, cut, descending, place_of
from community.models import Member
from community.permissions import ScopedAccess
from ideas import finding, policies
from ideas.api.asking import Asked, created
from ideas.cards import dress
from ideas.listing import Wanted, page_of
from ideas.models import Idea, IdeaTag
from ideas.ordering import ORDERS
from ideas.serializers import (
    ChangeIdeaSerializer,
    IdeaPageSerializer,
    IdeaSerializer,
    ListSerializer,
    NewIdeaSerializer,
    PreviewedSerializer,
    PreviewSerializer,
    RevisionPageSerializer,
    RevisionSerializer,
    SimilarSerializer,
    TitleSerializer,
    WholeIdeaSerializer,
)
from ideas.services import writing

TAGS = Prefetch("idea_tags", IdeaTag.objects.select_related("tag").order_by("tag__name"))


def with_tags(ideas: list[Idea]) -> list[Idea]:
    """The same ideas with their tags at hand. One query."""
    prefetch_related_objects(ideas, TAGS)
    return ideas


class Ideas(Asked):
    @extend_schema(parameters=[ListSerializer, CURSOR], responses=IdeaPageSerializer)
    def get(self, request: Request) -> Response:
        """List ideas in one of the four orders, filtered or searched.

        A search is ordered by how well it matches and ends after 100 ideas: the most supported
        and the newest of all that match. `order` and the filters stand as on the page. Days begin
        and end in your time zone, or in the site's.
        """
        asked = self.asked(ListSerializer)
        wanted = Wanted(
            order=ORDERS[asked.pop("order")],
            words=asked.pop("q", ""),
            size=asked.pop("limit"),
            author=asked.pop("author", "").removeprefix("@"),
            after=place_of(request),
            **asked,
        )
        page = page_of(wanted, self.viewer)
        return self.page(IdeaSerializer, with_tags(page.items), page.next)

    @extend_schema(request=NewIdeaSerializer, responses={201: WholeIdeaSerializer})
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """Post an idea, or keep it as a draft.

        If it cannot be posted, nothing of it is kept. The same text again within half a minute
        is the same idea.
        """
        said = self.heard(NewIdeaSerializer)
        draft = said.pop("draft")
        said.setdefault("language", self.member.language)
        text = {name: said[name] for name in ("board", "title", "body")}
        idea = writing.written_just_now(author=self.member, **text)
        if idea is None or idea.is_draft:
            idea = writing.save_draft(author=self.member, draft=idea, **said)
        if idea.is_draft and not draft:
            idea = writing.post(draft=idea, by=self.member)
        return created(self.answer(WholeIdeaSerializer, whole(self.idea(idea.pk), self.member)))


def whole(idea: Idea, viewer: Member | None) -> Idea:
    """An idea with everything that its page shows, comments and decisions aside."""
    dress(with_tags([idea]), viewer)
    idea.steps = policies.steps_for(viewer, idea) if viewer else []  # type: ignore[attr-defined]
    return idea


class OneIdea(Asked):
    may_be_stale = ("PATCH",)

    @extend_schema(responses=WholeIdeaSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Read an idea with its text, pictures and clock."""
        return self.answer(WholeIdeaSerializer, whole(self.idea(pk), self.viewer))

    @extend_schema(request=ChangeIdeaSerializer, responses=WholeIdeaSerializer)
    @transaction.atomic
    def patch(self, request: Request, pk: int) -> Response:
        """Revise your posted idea, or go on with your draft.

        Fields that you leave out stay. A posted idea needs the `version` that you read and keeps
        its board and language; a draft is posted by `"draft": false`.
        """
        idea = self.idea(pk)
        policies.can_edit(self.member, idea).enforce()
        said = self.heard(ChangeIdeaSerializer)
        for name in ("title", "body"):
            said.setdefault(name, getattr(idea, name))
        said.setdefault("tags", [row.tag.name for row in with_tags([idea])[0].idea_tags.all()])
        deed = self._redraft if idea.is_draft else self._revise
        deed(idea, said)
        return self.answer(WholeIdeaSerializer, whole(self.idea(pk), self.member))

    def _redraft(self, draft: Idea, said: dict[str, Any]) -> None:
        text = {name: said[name] for name in ("title", "body", "tags")}
        board, language = said.get("board", draft.board), said.get("language", draft.language)
        text["version"] = said.get("draft_version")
        writing.save_draft(author=self.member, draft=draft, board=board, language=language, **text)
        if not said.get("draft", True):
            writing.post(draft=draft, by=self.member)

    def _revise(self, idea: Idea, said: dict[str, Any]) -> None:
        if "version" not in said:
            raise ValidationError({"version": [_("Say which version you read.")]})
        if kept := said.keys() & {"board", "language"}:
            raise ValidationError({name: [_("A posted idea keeps it.")] for name in sorted(kept)})
        said.pop("draft", None)
        said.pop("draft_version", None)
        writing.revise(idea=idea, by=self.member, **said)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Throw your draft away."""
        writing.discard_draft(draft=self.idea(pk), by=self.member)
        return Response(status=204)


class Drafts(Asked):
    permission_classes = [IsAuthenticated, ScopedAccess]

    @extend_schema(parameters=[CURSOR], responses=IdeaPageSerializer)
    def get(self, request: Request) -> Response:
        """List the drafts that you have begun or write along, newest first."""
        mine = Idea.objects.drafts_of(self.member)
        rows, behind = cut(mine.for_cards(self.member), descending("id"), place_of(request))
        return self.page(IdeaSerializer, with_tags(dress(rows, self.member)), behind)


class Similar(Asked):
    @extend_schema(parameters=[TitleSerializer], responses=SimilarSerializer)
    def get(self, request: Request) -> Response:
        """Find up to five ideas that say about the same as a title."""
        title = self.asked(TitleSerializer)["title"]
        twins = dress(finding.twins(title=title, viewer=self.viewer), self.viewer)
        results = IdeaSerializer(with_tags(twins), many=True, context={"request": request}).data
        return Response({"results": results})


class Preview(Asked):
    required_scopes = {"POST": "read"}

    @extend_schema(request=PreviewSerializer, responses=PreviewedSerializer)
    def post(self, request: Request) -> Response:
        """Show a text as it will look."""
        return Response({"html": markdown.render(self.heard(PreviewSerializer)["body"])})


class Revisions(Asked):
    @extend_schema(parameters=[CURSOR], responses=RevisionPageSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """List the versions of an idea, newest first."""
        versions = self.idea(pk).revisions.select_related("editor")
        rows, behind = cut(versions, descending("number"), place_of(request))
        return self.page(RevisionSerializer, rows, behind)
