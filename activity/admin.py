from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from activity import services
from activity.models import Bookmark, EventRecord, ParkedEvent


class ReadOnly(ModelAdmin):
    """What happened is looked at, never changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(EventRecord)
class EventRecordAdmin(ReadOnly):
    list_display = ["id", "kind", "actor_id", "occurred_at"]
    list_filter = ["kind"]
    show_full_result_count = False


@admin.register(Bookmark)
class BookmarkAdmin(ReadOnly):
    list_display = ["subscriber", "event_id", "moved_at"]


@admin.register(ParkedEvent)
class ParkedEventAdmin(ReadOnly):
    list_display = ["event", "subscriber", "attempts", "parked_at", "replayed_at"]
    list_filter = ["subscriber"]
    list_select_related = ["event"]
    actions = ["replay"]

    @admin.action(description=_("Hand over again"), permissions=["view"])
    def replay(self, request: HttpRequest, queryset: QuerySet[ParkedEvent]) -> None:
        parked = queryset.filter(replayed_at=None).select_related("event")
        taken = [services.replay_parked(parked=event) for event in parked]
        done, left = taken.count(True), taken.count(False)
        if done:
            words = ngettext("%d event was taken.", "%d events were taken.", done)
            self.message_user(request, words % done, messages.SUCCESS)
        if left:
            words = ngettext("%d event failed again.", "%d events failed again.", left)
            self.message_user(request, words % left, messages.ERROR)
