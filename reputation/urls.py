from django.urls import path

from reputation.views import levels, points

app_name = "reputation"
urlpatterns = [
    path("reputation/rules/", points.rules, name="rules"),
    path("members/<slug:handle>/points/", points.points, name="points"),
    path("reputation/levels/", levels.levels, name="levels"),
]
