from django.urls import path
from rest_framework.generics import RetrieveUpdateAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.serializers import BaseSerializer

from community import services
from community.models import Member
from community.permissions import ScopedAccess
from community.serializers import MeSerializer


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


urlpatterns = [path("me/", Me.as_view(), name="me")]
