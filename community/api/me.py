"""What members may know of themselves, and change."""

from drf_spectacular.utils import extend_schema
from rest_framework.generics import RetrieveUpdateAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from community import services
from community.api.asking import AskedByMember
from community.models import Member, Profile
from community.permissions import ScopedAccess
from community.serializers import ChangeProfileSerializer, MeSerializer, OwnProfileSerializer


class Me(RetrieveUpdateAPIView[Member]):
    """The member who asks."""

    serializer_class = MeSerializer
    permission_classes = [IsAuthenticated, ScopedAccess]
    http_method_names = ["get", "patch", "head", "options"]

    def get_object(self) -> Member:
        assert isinstance(self.request.user, Member)
        return self.request.user

    def perform_update(self, serializer: BaseSerializer[Member]) -> None:
        serializer.instance = services.save_profile(
            member=self.get_object(), **serializer.validated_data
        )


class MyProfile(AskedByMember):
    """What the member who asks says of themselves, and to whom."""

    @extend_schema(responses=OwnProfileSerializer)
    def get(self, request: Request) -> Response:
        """Read your profile, with who sees which part of it."""
        profile = Profile.objects.select_related("member").get(pk=self.member.pk)
        return self.answer(OwnProfileSerializer, profile)

    @extend_schema(request=ChangeProfileSerializer, responses=OwnProfileSerializer)
    def patch(self, request: Request) -> Response:
        """Change parts of your profile, or who sees them."""
        sent = self.heard(ChangeProfileSerializer)
        seen_by = sent.pop("visibility", None)
        services.save_about(member=self.member, **sent)
        if seen_by:
            services.choose_visibility(member=self.member, choices=seen_by)
        return self.get(request)
