"""Members: the directory, one of them, and whom one keeps away."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community import circle, services
from community.api.asking import CURSOR, Asked, AskedByFriend
from community.directory import Wanted, people
from community.models import Block, Mute
from community.serializers import (
    DistancePageSerializer,
    DistanceSerializer,
    FindSerializer,
    FriendPageSerializer,
    FriendSerializer,
    MemberPageSerializer,
    MemberSerializer,
    ProfileSerializer,
)


class Members(Asked):
    @extend_schema(parameters=[FindSerializer, CURSOR], responses=MemberPageSerializer)
    def get(self, request: Request) -> Response:
        """List members who let you find them, by name, or the best matches of a name."""
        asked = self.asked(FindSerializer)
        wanted = Wanted(
            name=asked.get("q", ""),
            tag=asked.get("tag", ""),
            place=asked.get("place", ""),
            cursor=request.query_params.get("cursor", ""),
        )
        return self.page(MemberSerializer, people(wanted, self.viewer))


class OneMember(Asked):
    @extend_schema(responses=ProfileSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """Read a member's profile, as far as it is shown to you. What is not is null."""
        return self.answer(ProfileSerializer, self.member_with(handle))


class FriendsOfMember(Asked):
    @extend_schema(parameters=[CURSOR], responses=FriendPageSerializer)
    def get(self, request: Request, handle: str) -> Response:
        """List a member's friends, as far as both let you see it, the newest first."""
        member = self.member_with(handle)
        if member.is_blocked or not member.shows("friends"):  # type: ignore[attr-defined]
            return Response({"results": [], "next": None})
        cursor = request.query_params.get("cursor", "")
        return self.page(FriendSerializer, circle.friends_of(member, self.viewer, cursor=cursor))


class Blocks(AskedByFriend):
    @extend_schema(parameters=[CURSOR], responses=DistancePageSerializer)
    def get(self, request: Request) -> Response:
        """List whom you blocked, the newest first."""
        page = circle.blocks_of(self.member, cursor=self.cursor())
        return self.page(DistanceSerializer, page, _blocked)


class OneBlock(AskedByFriend):
    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, handle: str) -> Response:
        """Block a member: you no longer see each other, and friendship and requests end."""
        services.block(member=self.member, other=self.member_with(handle))
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Lift your block. What it ended stays ended."""
        services.unblock(member=self.member, other=self.member_with(handle))
        return Response(status=204)


class Mutes(AskedByFriend):
    @extend_schema(parameters=[CURSOR], responses=DistancePageSerializer)
    def get(self, request: Request) -> Response:
        """List whom you muted, the newest first."""
        page = circle.mutes_of(self.member, cursor=self.cursor())
        return self.page(DistanceSerializer, page, _muted)


class OneMute(AskedByFriend):
    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, handle: str) -> Response:
        """Mute a member: you are not told what they do, and they do not notice."""
        services.mute_member(member=self.member, other=self.member_with(handle))
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, handle: str) -> Response:
        """Be told again what they do."""
        services.unmute_member(member=self.member, other=self.member_with(handle))
        return Response(status=204)


def _blocked(row: Block) -> dict[str, object]:
    return {"member": row.blocked, "since": row.created_at}


def _muted(row: Mute) -> dict[str, object]:
    return {"member": row.muted, "since": row.created_at}
