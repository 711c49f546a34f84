"""The same deed on many ideas. Each is asked by the rules of one, and the answer names both."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from community.models import Member, Team
from community.models.token import Scope
from ideas import policies
from ideas.api.review import Private, lower
from ideas.serializers.bulk import (
    ManyAssignmentsSerializer,
    ManyDecisionsSerializer,
    ManyMergesSerializer,
    ManyQuestionsSerializer,
    ManyTagsSerializer,
    OutcomeSerializer,
)
from ideas.services import bulk
from ideas.services.steps import Grounds


class Many(Private):
    """For those who have a queue, as the page is. Refusals of single ideas are no errors."""

    def asked_for(self, form: type[BaseSerializer[Any]]) -> dict[str, Any]:
        policies.can_open_queue(self.member).enforce()
        return self.heard(form) | {"by": self.member}

    def told(self, outcome: bulk.Outcome) -> Response:
        return self.answer(OutcomeSerializer, outcome)


class ManyInPublic(Many):
    """What everybody sees needs the scope of decisions, not that of private deeds."""

    required_scopes = {"POST": Scope.DECIDE.value}


class ManyTags(Many):
    @extend_schema(request=ManyTagsSerializer, responses=OutcomeSerializer)
    def post(self, request: Request) -> Response:
        """Add tags to many ideas."""
        return self.told(bulk.tag_all(**self.asked_for(ManyTagsSerializer)))


class ManyAssignments(Many):
    @extend_schema(request=ManyAssignmentsSerializer, responses=OutcomeSerializer)
    def post(self, request: Request) -> Response:
        """Hand many ideas to somebody, or to nobody."""
        said = self.asked_for(ManyAssignmentsSerializer)
        said["assignee"] = self.named(Member, "assignee", handle=lower(said["assignee"]))
        said["team"] = self.named(Team, "team", slug=said["team"])
        return self.told(bulk.assign_all(**said))


class ManyQuestions(ManyInPublic):
    @extend_schema(request=ManyQuestionsSerializer, responses=OutcomeSerializer)
    def post(self, request: Request) -> Response:
        """Ask the authors of many ideas the same question."""
        return self.told(bulk.ask_all(**self.asked_for(ManyQuestionsSerializer)))


class ManyMerges(ManyInPublic):
    @extend_schema(request=ManyMergesSerializer, responses=OutcomeSerializer)
    def post(self, request: Request) -> Response:
        """Merge many ideas into one of them. Each merge can be undone by itself."""
        return self.told(bulk.merge_all(**self.asked_for(ManyMergesSerializer)))


class ManyDecisions(ManyInPublic):
    @extend_schema(request=ManyDecisionsSerializer, responses=OutcomeSerializer)
    def post(self, request: Request) -> Response:
        """Take many ideas the same step with the same words.

        On boards that ask for a second person an answer is refused here: decide one by one.
        """
        said = self.asked_for(ManyDecisionsSerializer)
        ideas, to, by = said.pop("ideas"), said.pop("to"), said.pop("by")
        return self.told(bulk.decide_all(ideas=ideas, to=to, by=by, grounds=Grounds(**said)))
