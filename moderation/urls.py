from django.urls import path

from moderation.views import log, reporting, rules, sanctions, statements

app_name = "moderation"
urlpatterns = [
    path("sanctions/", sanctions.sanctions, name="sanctions"),
    path("policies/rules/", rules.rules, name="current_rules"),
    path("policies/rules/<int:number>/", rules.rules, name="rules"),
    path("policies/rules/<int:number>/changes/", rules.changes, name="rules_changes"),
    path("report/<slug:kind>/<slug:key>/", reporting.report, name="report"),
    path("reports/", reporting.reports, name="reports"),
    path("reports/<int:pk>/withdraw/", reporting.withdraw, name="withdraw_report"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<uuid:puid>/", statements.statement, name="statement"),
    path("statements/<uuid:puid>/complain/", statements.complain, name="complain"),
    path("moderation/log/", log.log, name="log"),
]
