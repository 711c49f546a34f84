"""The part of `/api/v1/` that is about members and the forum."""

from community.api import forum, me

urlpatterns = [*me.urlpatterns, *forum.urlpatterns]
