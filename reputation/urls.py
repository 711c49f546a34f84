from django.urls import path

from reputation.views import badges, leaderboards, levels, points

app_name = "reputation"
urlpatterns = [
    path("reputation/rules/", points.rules, name="rules"),
    path("members/<slug:handle>/points/", points.points, name="points"),
    path("leaderboard/", leaderboards.leaderboard, name="leaderboard"),
    path("leaderboard/past/", leaderboards.past, name="past_leaderboards"),
    path("reputation/levels/", levels.levels, name="levels"),
    path("badges/", badges.badges, name="badges"),
    path("badges/<slug:slug>/", badges.badge, name="badge"),
]
