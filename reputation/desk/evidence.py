"""Every vote of a case where its page shows only the first, and the runs that found them."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activity.admin import ReadOnly
from community.admin.looking import CappedPaginator
from reputation.models import CaseVote, Watch


class Listed(ReadOnly):
    """The newest first, and no page of its own to see it on."""

    ordering = ["-id"]
    paginator = CappedPaginator
    show_full_result_count = False


@admin.register(CaseVote)
class CaseVoteAdmin(Listed):
    list_display = ["case", "voter", "author", "idea_id", "given_at", "voiding"]
    list_display_links = None
    list_select_related = ["case", "voter", "author"]
    list_filter = [("batch_id", admin.EmptyFieldListFilter)]
    search_fields = ["=case__id", "voter__handle", "author__handle"]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Not in the menu: the way here is a case."""
        return {}

    @admin.display(description=_("voided by"), ordering="batch_id")
    def voiding(self, vote: CaseVote) -> str | None:
        return None if vote.batch_id is None else f"#{vote.batch_id}"


@admin.register(Watch)
class WatchAdmin(Listed):
    list_display = ["began_at", "ended_at", "is_whole", "votes", "opened", "grown"]
    list_filter = ["is_whole", ("ended_at", admin.EmptyFieldListFilter)]
