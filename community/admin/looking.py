"""Long lists of what members wrote or did, and the way from one of them to moderation."""

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from activity.admin import ReadOnly

MOST_COUNTED = 10_000


class CappedPaginator(Paginator[Any]):
    """Counts no further than anybody pages, so that a list of millions opens at once."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows[:MOST_COUNTED].count()


class LookedAt(ReadOnly):
    """A long list of what members wrote or did, the newest first."""

    ordering = ["-id"]
    paginator = CappedPaginator
    show_full_result_count = False

    def view_on_site(self, thing: Any) -> str:
        return str(getattr(thing, "idea", thing).get_absolute_url())


class Moderated(LookedAt):
    """Something that moderation can hide. The way there is an address: moderation stands above."""

    actions_detail = ["hide", "show_again"]

    @action(description=_("Hide with a reason"), url_path="hide", permissions=["hide"])  # type: ignore[untyped-decorator]
    def hide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        thing = f"{self.opts.model_name}-{object_id}"
        return redirect(reverse("admin:moderation_restriction_add", query={"thing": thing}))

    @action(description=_("Show again"), url_path="show-again", permissions=["show_again"])  # type: ignore[untyped-decorator]
    def show_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        query = {f"{self.opts.model_name}__id__exact": object_id, "lifted_at__isempty": "1"}
        return redirect(reverse("admin:moderation_restriction_changelist", query=query))

    def has_hide_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        may = request.user.has_perm("moderation.add_restriction")
        return may and not self._is_hidden(object_id)

    def has_show_again_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        may = request.user.has_perm("moderation.change_restriction")
        return may and self._is_hidden(object_id)

    def _is_hidden(self, object_id: Any) -> bool:
        things: QuerySet[Any] = self.model._default_manager.filter(pk=object_id)
        return things.filter(hidden_at__isnull=False).exists()

    @admin.display(description=_("shown"), boolean=True, ordering="hidden_at")
    def shown(self, thing: Any) -> bool:
        return thing.hidden_at is None
