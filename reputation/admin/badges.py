from django.contrib import admin

from activity.admin import ReadOnly
from reputation.models import Award, BadgeTally


@admin.register(Award)
class AwardAdmin(ReadOnly):
    """Who was given which badge, and lost it again. The rules alone give and take."""

    list_display = [
        "id", "member", "badge", "thing", "thing_id", "turn", "earned_at", "awarded_at",
        "revoked_at", "reason",
    ]  # fmt: skip
    list_select_related = ["member"]
    list_filter = ["badge", "reason", ("revoked_at", admin.EmptyFieldListFilter)]
    search_fields = ["=member__handle"]
    ordering = ["-id"]
    show_full_result_count = False


@admin.register(BadgeTally)
class BadgeTallyAdmin(ReadOnly):
    list_display = ["badge", "members", "awards"]
    ordering = ["-members", "badge"]
