"""The part of `/api/v1/` that is about standing and trust."""

from django.urls import path

from reputation.api.levels import Levels, MyTrust

urlpatterns = [
    path("me/trust/", MyTrust.as_view(), name="my_trust"),
    path("reputation/levels/", Levels.as_view(), name="levels"),
]
