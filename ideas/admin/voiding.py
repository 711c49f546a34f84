"""Voiding votes: conditions, a trial, a second person above twenty, and the way back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from community import text
from community.admin.looking import CappedPaginator
from community.errors import Refused
from community.models import Member
from ideas import policies, trial
from ideas.forms.voiding import (
    AskSecondForm,
    CarryOutForm,
    EndVoidingForm,
    VoidingForm,
    prefilled,
)
from ideas.models import Board, Idea, Voiding
from ideas.policies.voiding import MAY_LOOK
from ideas.services import voiding as services

SHORT, MOST_NAMED = 80, 30
# What conditions keep as numbers: whose they are, and how each is called.
_NAMED: dict[str, tuple[Any, str, str]] = {
    "members": (Member.objects, "handle", "@{}"),
    "authors": (Member.objects, "handle", "@{}"),
    "ideas": (Idea.objects, "title", "“{}”"),
    "boards": (Board.objects, "name", "{}"),
}
_WHICH = (
    "members", "ideas", "authors", "boards", ("given_from", "given_until"),
    ("joined_from", "joined_until"), "block", "counts",
)  # fmt: skip
_WHY = ("summary", "note", "case_number")
_COUNTS, _DONE = ("votes", "idea_count", "member_count"), ("done_by", "done_at")
_ENDED = ("ended_by", "ended_at", "ended_why")


def _member(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


def _sent(request: HttpRequest) -> Any:
    """What was sent, also if that was nothing."""
    return request.POST if request.method == "POST" else None


@admin.register(Voiding)
class VoidingAdmin(ModelAdmin):
    form = VoidingForm
    list_display = [
        "short_summary", "state", "voided", "made_by", "made_at", "done_by", "done_at",
    ]  # fmt: skip
    list_filter = ["state"]
    list_select_related = ["made_by", "done_by"]
    search_fields = ["summary"]
    ordering = ["-id"]
    paginator = CappedPaginator
    show_full_result_count = False
    change_form_after_template = "admin/ideas/trial.html"
    add_fieldsets = [
        (_("Which votes"), {"fields": _WHICH}),
        (_("Why"), {"fields": _WHY}),
    ]
    readonly_fields = ["asked", "case_page"]
    actions_detail = ["carry_out", "ask_second", "cancel", "undo"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Voiding]:
        return Voiding.objects.select_related("made_by", "done_by", "ended_by")

    def get_fieldsets(self, request: HttpRequest, obj: Voiding | None = None) -> Any:
        """Of what is no draft any more, just what has come of it."""
        if obj is None or self.has_change_permission(request, obj):
            return self.add_fieldsets
        done, ended = obj.done_at is not None, obj.ended_at is not None
        return [
            (_("Why"), {"fields": ["state", "summary", "note", "case_page"]}),
            (_("Which votes"), {"fields": ["asked", *(_COUNTS if done else ())]}),
            (_("Who"), {"fields": ["made_by", "made_at", *(_DONE if done else ())]}),
            *([(_("Cancelled or undone"), {"fields": _ENDED})] if ended else []),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return prefilled(request.GET)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(policies.can_draft_voiding(_member(request)))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts alone; the rest are deeds of their own."""
        member = _member(request)
        if obj is None:
            return bool(policies.can_draft_voiding(member))
        return bool(policies.can_change_voiding(member, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _member(request).has_perm(MAY_LOOK)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.moderator = request.user
        return form

    def save_form(self, request: HttpRequest, form: Any, change: Any) -> Voiding:
        """The service writes, so that the deed and its reason are one."""
        by, plea = _member(request), form.plea()
        if change:
            made = services.redraft(voiding=form.instance, by=by, plea=plea)
        else:
            made = services.draft(by=by, plea=plea)
        form.instance = made
        form.save_m2m = lambda: None
        return made

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Written already."""

    def response_add(self, request: HttpRequest, obj: Voiding, *args: Any) -> HttpResponse:
        """On to the trial."""
        return redirect("admin:ideas_voiding_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """With what it would do, until it is done."""
        made = Voiding.objects.filter(pk=object_id if object_id.isdecimal() else 0).first()
        shown: dict[str, Any] = {"voiding": made}
        if made is not None and made.is_under_way and self.has_view_permission(request):
            shown["trial"] = trial.of(made)
        context = shown | (extra_context or {})
        answer: HttpResponse = super().change_view(request, object_id, form_url, context)
        return answer

    @action(description=_("Void these votes"), url_path="carry-out", permissions=["carry_out"])  # type: ignore[untyped-decorator]
    def carry_out(self, request: HttpRequest, object_id: str) -> HttpResponse:
        found = self._found(object_id)
        counted = trial.of(found).votes
        form = CarryOutForm(_sent(request), initial={"expected": counted})
        return self._deed(request, found, form, _("Void these votes"), services.carry_out, counted)

    @action(description=_("Ask a second person"), url_path="ask", permissions=["ask_second"])  # type: ignore[untyped-decorator]
    def ask_second(self, request: HttpRequest, object_id: str) -> HttpResponse:
        form = AskSecondForm(_sent(request))
        title = _("Ask a second person")
        return self._deed(request, self._found(object_id), form, title, services.ask_second)

    @action(description=_("Cancel it"), url_path="cancel", permissions=["cancel"])  # type: ignore[untyped-decorator]
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        form = EndVoidingForm(_sent(request))
        return self._deed(request, self._found(object_id), form, _("Cancel it"), services.cancel)

    @action(description=_("Undo it"), url_path="undo", permissions=["undo"])  # type: ignore[untyped-decorator]
    def undo(self, request: HttpRequest, object_id: str) -> HttpResponse:
        form = EndVoidingForm(_sent(request))
        return self._deed(request, self._found(object_id), form, _("Undo it"), services.undo)

    def has_carry_out_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._may(request, object_id, policies.can_cancel_voiding)

    def has_ask_second_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._may(request, object_id, policies.can_ask_second)

    def has_cancel_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._may(request, object_id, policies.can_cancel_voiding)

    def has_undo_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return self._may(request, object_id, policies.can_undo_voiding)

    def _may(self, request: HttpRequest, object_id: Any, rule: Callable[..., Any]) -> bool:
        made = Voiding.objects.filter(pk=object_id).first()
        return made is not None and bool(rule(_member(request), made))

    def _found(self, object_id: str) -> Voiding:
        return get_object_or_404(Voiding.objects.select_related("made_by"), pk=object_id)

    def _deed(
        self,
        request: HttpRequest,
        made: Voiding,
        form: forms.Form,
        title: Any,
        deed: Callable[..., Voiding],
        counted: int | None = None,
    ) -> HttpResponse:
        """A page that asks, and the deed with what was said there."""
        if request.method != "POST" or not form.is_valid():
            context = {"form": form, "voiding": made, "title": title, "counted": counted}
            context = self.admin_site.each_context(request) | context | {"opts": self.opts}
            return TemplateResponse(request, "admin/ideas/voiding_deed.html", context)
        do = partial(deed, voiding=made, by=_member(request), **form.cleaned_data)
        try:
            ended = do()
        except Refused as refused:
            messages.error(request, refused.reason)
        else:
            said = _("%(deed)s: done. State now: %(state)s.")
            words = {"deed": title, "state": ended.get_state_display()}
            messages.success(request, said % words)
        return redirect(reverse("admin:ideas_voiding_change", args=[made.pk]))

    @admin.display(description=_("reason"))
    def short_summary(self, voiding: Voiding) -> str:
        return text.cut(voiding.summary, SHORT)

    @admin.display(description=_("votes"), ordering="votes")
    def voided(self, voiding: Voiding) -> int | None:
        """None as long as nothing is done: how many it will be, the trial says."""
        return None if voiding.done_at is None else voiding.votes

    @admin.display(description=_("case"))
    def case_page(self, voiding: Voiding) -> str | None:
        """The way to the evidence."""
        if voiding.case_number is None:
            return None
        page = reverse("admin:reputation_case_change", args=[voiding.case_number])
        return format_html('<a class="underline" href="{}">#{}</a>', page, voiding.case_number)

    @admin.display(description=_("conditions"))
    def asked(self, voiding: Voiding) -> str:
        """The saved query in words of the form, with names: a second person is to read it."""
        labels = VoidingForm.base_fields
        kept = voiding.conditions.items()
        words = ((labels.get(name), _in_words(name, value)) for name, value in kept)
        lines = [f"{field.label if field else _('That are')}: {value}" for field, value in words]
        return " · ".join(lines)


def _in_words(name: str, value: Any) -> str:
    """Some names of many; of what has none, the value."""
    if name not in _NAMED:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    rows, field, form = _NAMED[name]
    found = rows.filter(pk__in=value[:MOST_NAMED]).order_by("pk").values_list(field, flat=True)
    more = ["…"] if len(value) > MOST_NAMED else []
    return ", ".join([*(form.format(one) for one in found), *more])
