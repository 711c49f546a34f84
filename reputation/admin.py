from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activity.admin import ReadOnly
from reputation import desk as desk
from reputation.models import TrustChange


@admin.register(TrustChange)
class TrustChangeAdmin(ReadOnly):
    list_display = ["member", "step", "active_days", "deeds", "changed_at"]
    list_select_related = ["member"]
    list_filter = ["after"]
    search_fields = ["member__handle", "member__display_name"]
    ordering = ["-id"]
    show_full_result_count = False

    @admin.display(description=_("trust level"), ordering="after")
    def step(self, change: TrustChange) -> str:
        return f"TL{change.before} → TL{change.after}"

    @admin.display(description=_("active days"))
    def active_days(self, change: TrustChange) -> int:
        return int(change.evidence.get("active_days", 0))

    @admin.display(description=_("deeds"))
    def deeds(self, change: TrustChange) -> int:
        return int(change.evidence.get("deeds", 0))
