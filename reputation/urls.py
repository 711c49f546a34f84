from django.urls import path

from reputation.views import badges, levels, points

app_name = "reputation"
urlpatterns = [
    path("reputation/rules/", points.rules, name="rules"),
    path("members/<slug:handle>/points/", points.points, name="points"),
    path("reputation/levels/", levels.levels, name="levels"),
    path("badges/", badges.badges, name="badges"),
    path("badges/<slug:slug>/", badges.badge, name="badge"),
]
