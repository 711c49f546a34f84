"""What a member is told, and how: for programs, by the rules of the page."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import translation
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from community import services, told, wording
from community.cursors import Key, whole
from community.models import Member, Notification
from community.models.token import Scope
from community.permissions import ScopedAccess
from community.serializers.notifications import (
    AskNotificationsSerializer,
    ChoicesSerializer,
    MarkSerializer,
    MutedTopicListSerializer,
    MutedTopicSerializer,
    NotificationPageSerializer,
    NotificationSerializer,
    UnreadCountSerializer,
)
from community.services import bouncing, choosing

NEWEST = Key("id", whole)
CURSOR = OpenApiParameter("cursor", str, description="As it stands in `next` of the page before.")
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")


class Told(APIView):
    """Nobody else's business, so that reading takes a scope of its own, too."""

    permission_classes = [IsAuthenticated, ScopedAccess]
    required_scopes = dict.fromkeys(METHODS, str(Scope.NOTIFICATIONS))

    @property
    def member(self) -> Member:
        assert isinstance(self.request.user, Member)
        return self.request.user

    def heard(self, form: type[BaseSerializer[Any]], sent: Any, **options: Any) -> dict[str, Any]:
        """What was sent, checked."""
        serializer = form(data=sent, **options)
        serializer.is_valid(raise_exception=True)
        checked: dict[str, Any] = serializer.validated_data
        return checked

    def answer(self, form: type[BaseSerializer[Any]], thing: Any) -> Response:
        """In the member's language, as on their pages."""
        with translation.override(self.member.language):
            return Response(form(thing, context={"request": self.request}).data)


class Notifications(Told):
    @extend_schema(
        parameters=[AskNotificationsSerializer, CURSOR], responses=NotificationPageSerializer
    )
    def get(self, request: Request) -> Response:
        """List what you were told, the newest first."""
        asked = self.heard(AskNotificationsSerializer, request.query_params)
        cursor = request.query_params.get("cursor")
        before = NEWEST.decode(cursor)[0] if cursor else None
        page = told.page_of(self.member, told.Wanted(before=before, **asked))
        behind = page.last and NEWEST.encode(page.last)
        address = behind and replace_query_param(request.build_absolute_uri(), "cursor", behind)
        return self.answer(NotificationPageSerializer, {"results": page.lines, "next": address})

    @extend_schema(request=MarkSerializer, responses=UnreadCountSerializer)
    def patch(self, request: Request) -> Response:
        """Mark some as read or unread, or all as read; says how many are unread then."""
        sent = self.heard(MarkSerializer, request.data)
        if "ids" in sent:
            services.mark(member=self.member, ids=sent["ids"], read=sent["read"])
        else:
            services.mark_all_read(member=self.member, upto=sent.get("upto"))
        return self.answer(UnreadCountSerializer, {"unread": told.unread_of(self.member)})


class NotificationCount(Told):
    @extend_schema(responses=UnreadCountSerializer)
    def get(self, request: Request) -> Response:
        """Say how many are unread, as the bell does."""
        return self.answer(UnreadCountSerializer, {"unread": told.unread_of(self.member)})


class NotificationRead(Told):
    @extend_schema(request=None, responses=NotificationSerializer)
    def put(self, request: Request, pk: int) -> Response:
        """Mark one as read. Once or often, the first time is kept."""
        return self._mark(pk, read=True)

    @extend_schema(responses={200: NotificationSerializer})
    def delete(self, request: Request, pk: int) -> Response:
        """Mark one as unread."""
        return self._mark(pk, read=False)

    def _mark(self, pk: int, *, read: bool) -> Response:
        services.mark(member=self.member, ids=[pk], read=read)
        mine = Notification.objects.of(self.member).for_list()
        return self.answer(NotificationSerializer, told.alone(get_object_or_404(mine, pk=pk)))


class Choices(Told):
    @extend_schema(responses=ChoicesSerializer)
    def get(self, request: Request) -> Response:
        """Read how and when you are told."""
        return self._choices(self.member)

    @extend_schema(request=ChoicesSerializer, responses=ChoicesSerializer)
    def patch(self, request: Request) -> Response:
        """Change how and when you are told; all of what you send, or nothing."""
        sent = self.heard(ChoicesSerializer, request.data, partial=True)
        deliveries = sent.pop("deliveries", {})
        return self._choices(choosing.change(member=self.member, deliveries=deliveries, **sent))

    def _choices(self, member: Member) -> Response:
        names = ("mails", *choosing.HOURS, "time_zone", "mail_stopped_at")
        said = {name: getattr(member, name) for name in names}
        said["deliveries"] = choosing.choices_of(member)
        said["groups"] = wording.groups(serves=member.serves)
        return self.answer(ChoicesSerializer, said)


class MailStop(Told):
    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Say that your address takes e-mail again."""
        bouncing.resume(member=self.member, by=self.member)
        return Response(status=204)


class MutedTopics(Told):
    @extend_schema(responses=MutedTopicListSerializer)
    def get(self, request: Request) -> Response:
        """List the things about which no e-mail comes."""
        return self.answer(MutedTopicListSerializer, {"results": told.muted_by(self.member)})


class Muting(Told):
    @extend_schema(request=None, responses=MutedTopicSerializer)
    def put(self, request: Request, topic: str) -> Response:
        """No more e-mail about a thing that you were told of; the page still tells."""
        if not Notification.objects.of(self.member).filter(topic=topic).exists():
            raise Http404
        services.mute(member=self.member, topic=topic)
        (muted,) = told.muted_by(self.member, topic)
        return self.answer(MutedTopicSerializer, muted)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, topic: str) -> Response:
        """E-mail about a thing again."""
        services.unmute(member=self.member, topic=topic)
        return Response(status=204)
