"""Members, teams and settings, for those whom their group lets in."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from community import services
from community.admin.noted import Noted, sees_private
from community.models import (
    AccessToken,
    Departure,
    Mail,
    Member,
    SiteSettings,
    Team,
    TeamMembership,
)
from community.models.look import Seen

admin.site.unregister(Group)

PRIVATE = frozenset(
    ["email", "password", "email_verified_at", "mail_stopped_at", "mails", "last_login"]
)


class NeverByHand(ModelAdmin):
    """Looked at here; made and changed elsewhere."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):
    """Roles: what their members may do in the admin."""


class MemberCreationForm(UserCreationForm):
    class Meta:
        model = Member
        fields = ("email", "display_name", "handle")


@admin.register(Member)
class MemberAdmin(Noted, UserAdmin[Member], ModelAdmin):
    shows = Seen.ACCOUNT
    form = UserChangeForm
    add_form = MemberCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = [
        "display_name",
        "handle",
        "trust_level",
        "standing",
        "is_active",
        "date_joined",
    ]
    list_filter = ["is_active", "is_staff", "trust_level", "groups", "language"]
    list_filter += [("mail_stopped_at", admin.EmptyFieldListFilter)]
    search_fields = ["display_name", "handle"]
    ordering = ["-date_joined"]
    show_full_result_count = False
    # Reputation writes the first three, confirming an address the fourth.
    readonly_fields = [
        "trust_level",
        "standing",
        "graph_trust",
        "email_verified_at",
        "mail_stopped_at",
        "date_joined",
        "last_login",
    ]
    fieldsets = [
        (None, {"fields": ["email", "password", "email_verified_at", "mail_stopped_at"]}),
        (_("Profile"), {"fields": ["display_name", "handle", "language", "time_zone", "mails"]}),
        (_("Community"), {"fields": ["trust_level", "standing", "graph_trust"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "display_name", "handle", "password1", "password2"]})
    ]
    filter_horizontal = ["groups"]
    actions_detail = ["vouch"]

    @action(description=_("Vouch for them"), url_path="vouch", permissions=["vouch"])  # type: ignore[untyped-decorator]
    def vouch(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The way there is an address: reputation stands above."""
        return redirect(reverse("admin:reputation_vouch_add", query={"member": object_id}))

    def has_vouch_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return bool(request.user.has_perm("reputation.add_vouch"))

    def shows_private(self, request: HttpRequest) -> bool:
        return sees_private(request)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [*self.search_fields, *(["email"] if sees_private(request) else [])]

    def get_fieldsets(self, request: HttpRequest, obj: Member | None = None) -> Any:
        """Addresses and sign-ins are for those whose work needs them."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or sees_private(request):
            return fieldsets
        return [
            (title, {"fields": [name for name in said["fields"] if name not in PRIVATE]})
            for title, said in fieldsets
            if not PRIVATE.issuperset(said["fields"])
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Member | None = None) -> list[str]:
        # Who may hand out roles can make themselves anything: that is for superusers.
        roles = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups"]
        return [*self.readonly_fields, *roles]

    def has_change_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        """Their ideas and votes stay; an account is made inactive instead."""
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Member,
        form: BaseModelForm[Member],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        if change:
            obj.save()
        else:
            services.join(member=obj)


class MembershipInline(TabularInline):
    model = TeamMembership
    autocomplete_fields = ["member"]
    extra = 0


@admin.register(Team)
class TeamAdmin(ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline]


@admin.register(SiteSettings)
class SiteSettingsAdmin(ModelAdmin):
    exclude = ["id"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        site = SiteSettings.objects.current()
        return redirect(reverse("admin:community_sitesettings_change", args=[site.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: SiteSettings,
        form: BaseModelForm[SiteSettings],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        services.save_site(site=obj)


@admin.register(AccessToken)
class AccessTokenAdmin(NeverByHand):
    list_display = [
        "name",
        "member",
        "scopes",
        "created_at",
        "expires_at",
        "last_used_on",
        "revoked_at",
    ]
    list_select_related = ["member"]
    search_fields = ["name", "member__handle"]
    actions = ["revoke"]

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[AccessToken]) -> None:
        for token in queryset:
            services.revoke_token(token=token)
        words = ngettext("%d token was revoked.", "%d tokens were revoked.", len(queryset))
        self.message_user(request, words % len(queryset), messages.SUCCESS)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("community.delete_accesstoken"))


@admin.register(Mail)
class MailAdmin(NeverByHand):
    list_display = ["notification", "created_at", "attempts", "sent_at", "given_up_at"]
    list_filter = [
        ("sent_at", admin.EmptyFieldListFilter),
        ("given_up_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["notification"]
    show_full_result_count = False
    actions = ["send_again"]

    @admin.action(description=_("Send again"), permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        for mail in queryset:
            services.resend(mail=mail)
        words = ngettext("%d mail will go out.", "%d mails will go out.", len(queryset))
        self.message_user(request, words % len(queryset), messages.SUCCESS)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("community.change_mail"))


@admin.register(Departure)
class DepartureAdmin(NeverByHand):
    """Who is leaving, and how far that is."""

    list_display = ["member_id", "asked_at", "due_at", "begun_at", "done_at"]
    fields = ["member_id", "content", "asked_at", "due_at", "begun_at", "done", "done_at"]
