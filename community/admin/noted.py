"""What is private is shown to few, and each look at it is written down."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from community.admin.looking import LookedAt
from community.models import Member, PrivateLook
from community.services import noting

SEE_PRIVATE = "community.see_private"


def sees_private(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(SEE_PRIVATE))


class Noted:
    """Mixed into the admin of a model whose page shows something private of a member."""

    shows: str

    def member_of(self, thing: Any) -> Member:
        """Whose it is."""
        found: Member = getattr(thing, "member", thing)
        return found

    def shows_private(self, request: HttpRequest) -> bool:
        return True

    def note(self, request: HttpRequest, thing: Any) -> None:
        assert isinstance(request.user, Member)
        noting.note_look(viewer=request.user, member=self.member_of(thing), what=self.shows)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The one place that all pages of a thing pass, whether it may be changed or not."""
        thing = context.get("original")
        if thing is not None and self.shows_private(request):
            self.note(request, thing)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        return response


@admin.register(PrivateLook)
class PrivateLookAdmin(LookedAt):
    list_display = ["looked_at", "viewer", "member", "what"]
    list_display_links = None
    list_filter = ["what", "looked_at"]
    list_select_related = ["viewer", "member"]
    search_fields = ["viewer__handle", "member__handle"]
    search_help_text = _("Handle of who looked, or of whom they looked at")

    def view_on_site(self, thing: Any) -> str:
        return str(thing.member.get_absolute_url())
