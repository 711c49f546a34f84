from django.urls import path

from moderation.views import rules, sanctions

app_name = "moderation"
urlpatterns = [
    path("sanctions/", sanctions.sanctions, name="sanctions"),
    path("policies/rules/", rules.rules, name="current_rules"),
    path("policies/rules/<int:number>/", rules.rules, name="rules"),
    path("policies/rules/<int:number>/changes/", rules.changes, name="rules_changes"),
]
