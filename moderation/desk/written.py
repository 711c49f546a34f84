"""What was written down for good: looked at, and nothing else."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activity.admin import ReadOnly
from community.admin.looking import CappedPaginator
from moderation.models import AuditEvent, AuditHead, Decision, Statement


class Written(ReadOnly):
    """The newest first."""

    ordering = ["-pk"]
    paginator = CappedPaginator
    show_full_result_count = False


@admin.register(Decision)
class DecisionAdmin(Written):
    list_display = ["id", "case", "action", "clause", "by", "decided_at", "ends_at"]
    list_filter = ["action", "category", "automated_decision", "decided_at"]
    list_select_related = ["case", "clause", "by"]
    search_fields = ["=case__id", "facts"]


@admin.register(Statement)
class StatementAdmin(Written):
    list_display = ["puid", "decision", "member", "informed_at"]
    list_select_related = ["decision", "member"]
    search_fields = ["=puid", "member__handle"]


@admin.register(AuditEvent)
class AuditEventAdmin(Written):
    list_display = ["id", "kind", "happened_at", "actor_id", "case", "short_seal"]
    list_select_related = ["case"]
    list_filter = ["kind"]

    @admin.display(description=_("seal"))
    def short_seal(self, event: AuditEvent) -> str:
        return event.seal[:16]


@admin.register(AuditHead)
class AuditHeadAdmin(Written):
    list_display = ["day", "event", "seal", "noted_at"]
    list_select_related = ["event"]
