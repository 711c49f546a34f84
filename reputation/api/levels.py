"""Trust levels, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import Asked, AskedByMember
from reputation import measuring, progress
from reputation.demands import VERSION
from reputation.serializers import LevelsSerializer, TrustSerializer


class Levels(Asked):
    """What each trust level asks for and brings."""

    @extend_schema(responses=LevelsSerializer)
    def get(self, request: Request) -> Response:
        """Read the table of trust levels."""
        small = measuring.site_is_small()
        levels = progress.table(small=small)
        said = {"rules": VERSION, "small_site": small, "levels": levels}
        return self.answer(LevelsSerializer, said)


class MyTrust(AskedByMember):
    """Where the member who asks stands."""

    @extend_schema(responses=TrustSerializer)
    def get(self, request: Request) -> Response:
        """Read your trust level, and what the next one asks for."""
        small = measuring.site_is_small()
        return self.answer(TrustSerializer, progress.outlook(self.member, small=small))
