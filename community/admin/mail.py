"""Digests, and addresses that refuse e-mail: looked at, and written to again for a reason."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextareaWidget

from community.admin.looking import LookedAt
from community.admin.noted import Noted
from community.forms import TextField
from community.models import Bounce, Digest, Member
from community.models.choice import DIGESTS, Delivery
from community.models.look import Seen
from community.services import bouncing


def _moment(when: datetime | None) -> str:
    return date_format(timezone.localtime(when), "DATETIME_FORMAT") if when else ""


class OfMember(LookedAt):
    """Something about one member, whose page is the page on the site."""

    list_select_related = ["member"]
    search_fields = ["member__handle", "member__email"]

    def view_on_site(self, thing: Any) -> str:
        return str(thing.member.get_absolute_url())


class PeriodFilter(admin.SimpleListFilter):
    """Without asking the table which ones there are."""

    title = _("period")
    parameter_name = "period"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(period.value, period.label) for period in DIGESTS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Digest]) -> QuerySet[Digest]:
        return queryset.filter(period=self.value()) if self.value() else queryset


@admin.register(Digest)
class DigestAdmin(OfMember):
    list_display = ["member", "often", "day", "made_at", "sent_at", "attempts"]
    list_filter = [PeriodFilter]
    list_select_related = ["member", "mail"]
    fields = ["member", "often", "day", "made_at", "due_at", "attempts", "sent_at", "error"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Digest]:
        rows: QuerySet[Digest] = super().get_queryset(request)
        return rows.select_related("member", "mail")

    @admin.display(description=_("period"))
    def often(self, digest: Digest) -> str:
        return str(Delivery(digest.period).label)

    @admin.display(description=_("made on"))
    def made_at(self, digest: Digest) -> str:
        return _moment(digest.created_at)

    @admin.display(description=_("due on"))
    def due_at(self, digest: Digest) -> str:
        return _moment(digest.mail.due_at)

    @admin.display(description=_("sent on"))
    def sent_at(self, digest: Digest) -> str:
        return _moment(digest.mail.sent_at)

    @admin.display(description=_("attempts"))
    def attempts(self, digest: Digest) -> int:
        return digest.mail.attempts

    @admin.display(description=_("error"))
    def error(self, digest: Digest) -> str:
        return digest.mail.error


class ReasonForm(forms.Form):
    reason = TextField(
        label=_("Reason"),
        max_length=300,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Kept in the log. Say what you know: the member wrote, the mailbox was full."),
    )


@admin.register(Bounce)
class BounceAdmin(Noted, OfMember):
    shows = Seen.BOUNCE
    list_display = ["member", "status", "is_hard", "received_at", "stopped_at"]
    list_filter = [
        ("member__mail_stopped_at", admin.EmptyFieldListFilter),
        "is_hard",
    ]
    search_fields = ["email", "member__handle"]
    fields = ["member", "email", "is_hard", "status", "detail", "received_at", "stopped_at"]
    actions_detail = ["mail_again"]

    @admin.display(description=_("mail stopped on"), ordering="member__mail_stopped_at")
    def stopped_at(self, bounce: Bounce) -> str:
        return _moment(bounce.member.mail_stopped_at)

    def has_mail_again_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        stopped = Bounce.objects.filter(pk=object_id, member__mail_stopped_at__isnull=False)
        return bool(request.user.has_perm("community.change_bounce")) and stopped.exists()

    @action(  # type: ignore[untyped-decorator]
        description=_("Mail this address again"),
        url_path="mail-again",
        permissions=["mail_again"],
    )
    def mail_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        bounce = get_object_or_404(Bounce.objects.select_related("member"), pk=object_id)
        form = ReasonForm(request.POST or None)
        if not form.is_valid():
            self.note(request, bounce)
            context = {"form": form, "bounce": bounce, "title": _("Mail this address again")}
            context = self.admin_site.each_context(request) | context | {"opts": self.opts}
            return TemplateResponse(request, "admin/community/mail_again.html", context)
        assert isinstance(request.user, Member)
        reason = form.cleaned_data["reason"]
        bouncing.resume(member=bounce.member, by=request.user, reason=reason)
        messages.success(request, _("E-mail goes out to this address again."))
        return redirect(reverse("admin:community_bounce_change", args=[object_id]))
