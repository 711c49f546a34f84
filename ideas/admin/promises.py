"""Working calendars are kept here; promises and their terms are looked at."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelectWidget

from community.admin.looking import LookedAt
from community.models import Member
from ideas import policies
from ideas.models import Holiday, Promise, PromiseTerms, WorkCalendar
from ideas.models.promise import OPEN
from ideas.services import calendars

WEEKDAYS = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]


class CalendarForm(forms.ModelForm[WorkCalendar]):
    works_on = forms.TypedMultipleChoiceField(
        label=_("working days"),
        choices=WEEKDAYS,
        coerce=int,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    time_zone = forms.ChoiceField(
        label=_("time zone"),
        choices=[(name, name) for name in sorted(available_timezones())],
        initial="Europe/Berlin",
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = WorkCalendar
        fields = ["name", "time_zone", "works_on", "country", "region"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        country, region = said.get("country", ""), said.get("region", "")
        if country and not calendars.is_known(country, region):
            raise forms.ValidationError(_("We know no public holidays of this region."))
        return said


class HolidayInline(TabularInline):
    model = Holiday
    fields = ["day", "name"]
    extra = 1
    # Clocks were computed with these days.
    can_delete = False


@admin.register(WorkCalendar)
class WorkCalendarAdmin(ModelAdmin):
    form = CalendarForm
    list_display = ["name", "time_zone", "country", "region"]
    search_fields = ["name"]
    inlines = [HolidayInline]
    actions = ["fill_holidays"]

    @admin.action(description=_("Fill in public holidays"))
    def fill_holidays(self, request: HttpRequest, rows: QuerySet[WorkCalendar]) -> None:
        new = sum(calendars.fill_holidays(calendar=calendar) for calendar in rows)
        words = ngettext("%(count)d new holiday", "%(count)d new holidays", new)
        self.message_user(request, words % {"count": new}, messages.SUCCESS)


@admin.register(Promise)
class PromiseAdmin(LookedAt):
    list_display = ["owed_on", "kind", "board", "state", "started_at", "due_at", "ended_at"]
    list_filter = ["state", "kind", "board", "team"]
    list_select_related = ["owed_on", "board"]
    search_fields = ["owed_on__title"]
    actions_detail = ["withdraw"]

    def view_on_site(self, thing: Promise) -> str:
        return str(thing.owed_on.get_absolute_url())

    @action(description=_("Withdraw this promise"), url_path="withdraw", permissions=["withdraw"])  # type: ignore[untyped-decorator]
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect(reverse("ideas:withdraw_promise", args=[object_id]))

    def has_withdraw_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        rows = Promise.objects.filter(pk=object_id, state__in=sorted(OPEN))
        promise = rows.select_related("board").first()
        assert isinstance(request.user, Member)
        return promise is not None and bool(policies.can_withdraw_promise(request.user, promise))


@admin.register(PromiseTerms)
class PromiseTermsAdmin(LookedAt):
    list_display = ["board", "since", "answer_threshold", "answer_days", "reply_days", "calendar"]
    list_filter = ["board"]
    list_select_related = ["board", "calendar"]

    def view_on_site(self, thing: PromiseTerms) -> str:
        return reverse("ideas:board_promises", args=[thing.board.slug])
