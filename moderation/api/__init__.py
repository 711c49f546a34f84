"""The part of `/api/v1/` that is about moderation."""

from django.urls import path

from moderation.api.reports import OneReport, Reports
from moderation.api.rules import Rules
from moderation.api.statements import OneStatement, StatementComplaint, Statements

urlpatterns = [
    path("rules/", Rules.as_view(), name="rules"),
    path("reports/", Reports.as_view(), name="reports"),
    path("reports/<int:pk>/", OneReport.as_view(), name="report"),
    path("statements/", Statements.as_view(), name="statements"),
    path("statements/<uuid:puid>/", OneStatement.as_view(), name="statement"),
    path("statements/<uuid:puid>/complaint/", StatementComplaint.as_view(), name="complaint"),
]
