"""Supporting and following: set, never toggled."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ideas import voided
from ideas.api.asking import Asked
from ideas.models import Idea, Support
from ideas.models.support import SupportState
from ideas.serializers import FollowSerializer, SupportSerializer
from ideas.services import following, supporting


class IdeaSupport(Asked):
    required_scopes = {"PUT": "support", "DELETE": "support"}

    @extend_schema(responses=SupportSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Say whether you support an idea, and how many members do."""
        idea = self._for_vote(pk)
        return self._state(idea, idea.tally.supports)

    @extend_schema(request=None, responses=SupportSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Support an idea.

        Once or often, it is one vote. Given to an idea that was merged, it is given to the one
        that stands for it: `idea` says which. It is `pending` until you
        confirm your e-mail address. A vote that was `voided` cannot be given again.
        """
        idea = self._for_vote(pk)
        return self._state(idea, supporting.give_support(idea=idea, member=self.member))

    @extend_schema(responses={200: SupportSerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Take your support back."""
        idea = self._for_vote(pk)
        return self._state(idea, supporting.withdraw_support(idea=idea, member=self.member))

    def _for_vote(self, pk: int) -> Idea:
        """The idea that stands for one, with no more than a vote asks of it."""
        rows = Idea.objects.visible_to(self.viewer).for_votes()
        return get_object_or_404(rows.in_place_of(pk))

    def _state(self, idea: Idea, supporters: int) -> Response:
        mine = Support.objects.given().in_group(idea.pk).filter(member=self.viewer)
        state = mine.values_list("state", flat=True).first() if self.viewer else None
        said = {"idea": idea.pk, "state": state or "none", "supporters": supporters}
        return self.answer(SupportSerializer, said | {"voided_because": self._why(idea, state)})

    def _why(self, idea: Idea, state: str | None) -> str:
        if state != SupportState.VOIDED:
            return ""
        voiding = voided.reason_for(self.member, idea.pk)
        return voiding.summary if voiding else ""


class IdeaFollow(Asked):
    required_scopes = {"PUT": "support", "DELETE": "support"}

    @extend_schema(responses=FollowSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Say whether you follow an idea."""
        followed = self.standing(pk).is_followed  # type: ignore[attr-defined]
        return self.answer(FollowSerializer, {"following": followed})

    @extend_schema(request=None, responses=FollowSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Follow an idea: hear what becomes of it."""
        following.follow(idea=self.standing(pk), member=self.member)
        return self.answer(FollowSerializer, {"following": True})

    @extend_schema(responses={200: FollowSerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Follow an idea no more."""
        following.unfollow(idea=self.standing(pk), member=self.member)
        return self.answer(FollowSerializer, {"following": False})
