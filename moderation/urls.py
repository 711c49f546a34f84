from django.urls import path

from moderation.views import log, reporting, statements

app_name = "moderation"
urlpatterns = [
    path("report/<slug:kind>/<slug:key>/", reporting.report, name="report"),
    path("reports/", reporting.reports, name="reports"),
    path("reports/<int:pk>/withdraw/", reporting.withdraw, name="withdraw_report"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<uuid:puid>/", statements.statement, name="statement"),
    path("statements/<uuid:puid>/complain/", statements.complain, name="complain"),
    path("moderation/log/", log.log, name="log"),
]
