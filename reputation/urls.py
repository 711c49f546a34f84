from django.urls import path

from reputation.views import leaderboards, levels, points

app_name = "reputation"
urlpatterns = [
    path("reputation/rules/", points.rules, name="rules"),
    path("members/<slug:handle>/points/", points.points, name="points"),
    path("leaderboard/", leaderboards.leaderboard, name="leaderboard"),
    path("leaderboard/past/", leaderboards.past, name="past_leaderboards"),
    path("reputation/levels/", levels.levels, name="levels"),
]
