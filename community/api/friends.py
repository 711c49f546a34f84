"""One's friends, requests and suggestions."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community import circle, services
from community.api.asking import CURSOR, AskedByFriend
from community.models import Friendship
from community.serializers import (
    AnswerSerializer,
    BetweenSerializer,
    DirectionSerializer,
    FriendPageSerializer,
    FriendSerializer,
    RequestPageSerializer,
    RequestSerializer,
    SuggestionListSerializer,
)
from community.suggesting import suggestions


class Friends(AskedByFriend):
    @extend_schema(parameters=[CURSOR], responses=FriendPageSerializer)
    def get(self, request: Request) -> Response:
        """List your friends, the newest first."""
        page = circle.friends_of(self.member, self.member, cursor=self.cursor())
        return self.page(FriendSerializer, page)


class OneFriend(AskedByFriend):
    @extend_schema(responses=BetweenSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """Read what stands between you and a member."""
        return self.answer_with(handle)

    @extend_schema(responses=BetweenSerializer)
    def delete(self, request: Request, handle: str) -> Response:
        """End a friendship. They are not told."""
        services.unfriend(member=self.member, other=self.member_with(handle))
        return self.answer_with(handle)

    def answer_with(self, handle: str) -> Response:
        other = self.member_with(handle)
        return self.answer(BetweenSerializer, circle.between(self.member, other))


class Requests(AskedByFriend):
    @extend_schema(parameters=[DirectionSerializer, CURSOR], responses=RequestPageSerializer)
    def get(self, request: Request) -> Response:
        """List the requests you received, or those you sent, the newest first."""
        sent = self.asked(DirectionSerializer)["direction"] == "sent"
        read = circle.requests_sent if sent else circle.requests_received
        return self.page(RequestSerializer, read(self.member, cursor=self.cursor()), self._row)

    def _row(self, row: Friendship) -> dict[str, object]:
        mine = row.requested_by_id == self.member.pk
        return {
            "member": row.requested_of if mine else row.requested_by,
            "asked_at": row.requested_at,
            "mutual_count": getattr(row, "mutual_count", None),
        }


class OneRequest(OneFriend):
    @extend_schema(request=None, responses=BetweenSerializer)
    def put(self, request: Request, handle: str) -> Response:
        """Ask a member to be friends. Whoever asked you becomes your friend."""
        services.ask(member=self.member, other=self.member_with(handle))
        return self.answer_with(handle)

    @extend_schema(responses=BetweenSerializer)
    def delete(self, request: Request, handle: str) -> Response:
        """Withdraw your request."""
        services.withdraw(member=self.member, other=self.member_with(handle))
        return self.answer_with(handle)


class RequestAnswer(OneFriend):
    http_method_names = ["put", "options"]

    @extend_schema(request=AnswerSerializer, responses=BetweenSerializer)
    def put(self, request: Request, handle: str) -> Response:
        """Accept a request, or decline it silently."""
        accept = self.heard(AnswerSerializer)["accept"]
        deed = services.accept if accept else services.decline
        deed(member=self.member, other=self.member_with(handle))
        return self.answer_with(handle)


class Suggestions(AskedByFriend):
    @extend_schema(responses=SuggestionListSerializer)
    def get(self, request: Request) -> Response:
        """List members you might know, and why, most friends in common first."""
        return self.answer(SuggestionListSerializer, {"results": suggestions(self.member)})


class OneSuggestion(AskedByFriend):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Dismiss a suggestion for good."""
        services.dismiss(member=self.member, other=self.member_with(handle))
        return Response(status=204)
