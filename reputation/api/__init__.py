"""The part of `/api/v1/` that is about points, trust and badges."""

from django.urls import path

from reputation.api.badges import Badges, BadgesOfMember, HoldersOfBadge
from reputation.api.leaderboards import LeaderboardNow, PastLeaderboards
from reputation.api.levels import Levels, MyTrust
from reputation.api.points import MyPoints, Rules

urlpatterns = [
    path("leaderboard/", LeaderboardNow.as_view(), name="leaderboard"),
    path("leaderboard/past/", PastLeaderboards.as_view(), name="past_leaderboards"),
    path("badges/", Badges.as_view(), name="badges"),
    path("badges/<slug:slug>/members/", HoldersOfBadge.as_view(), name="badge_members"),
    path("members/<slug:handle>/badges/", BadgesOfMember.as_view(), name="member_badges"),
    path("me/points/", MyPoints.as_view(), name="my_points"),
    path("me/trust/", MyTrust.as_view(), name="my_trust"),
    path("reputation/levels/", Levels.as_view(), name="levels"),
    path("reputation/rules/", Rules.as_view(), name="rules"),
]
