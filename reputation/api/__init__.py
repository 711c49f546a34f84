"""The part of `/api/v1/` that is about points and trust."""

from django.urls import path

from reputation.api.levels import Levels, MyTrust
from reputation.api.points import MyPoints, Rules

urlpatterns = [
    path("me/points/", MyPoints.as_view(), name="my_points"),
    path("me/trust/", MyTrust.as_view(), name="my_trust"),
    path("reputation/levels/", Levels.as_view(), name="levels"),
    path("reputation/rules/", Rules.as_view(), name="rules"),
]
