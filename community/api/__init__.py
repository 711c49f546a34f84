"""The part of `/api/v1/` that is about people and the forum: the reads, services and rules of the
pages."""

from django.urls import path

from community.api import forum
from community.api.exports import ExportFile, Exports
from community.api.friends import (
    Friends,
    OneFriend,
    OneRequest,
    OneSuggestion,
    RequestAnswer,
    Requests,
    Suggestions,
)
from community.api.me import Me, MyProfile
from community.api.members import (
    Blocks,
    FriendsOfMember,
    MemberFollowing,
    Members,
    Mutes,
    OneBlock,
    OneMember,
    OneMute,
)
from community.api.notifications import (
    Choices,
    MailStop,
    MutedTopics,
    Muting,
    NotificationCount,
    NotificationRead,
    Notifications,
)

urlpatterns = [
    path("me/", Me.as_view(), name="me"),
    path("me/profile/", MyProfile.as_view(), name="my_profile"),
    path("me/export/", Exports.as_view(), name="export"),
    path("me/export/<int:pk>/", ExportFile.as_view(), name="export_file"),
    path("members/", Members.as_view(), name="members"),
    path("members/<slug:handle>/", OneMember.as_view(), name="member"),
    path("members/<slug:handle>/follow/", MemberFollowing.as_view(), name="follow_member"),
    path("members/<slug:handle>/friends/", FriendsOfMember.as_view(), name="member_friends"),
    path("friends/", Friends.as_view(), name="friends"),
    path("friends/<slug:handle>/", OneFriend.as_view(), name="friend"),
    path("friend-requests/", Requests.as_view(), name="requests"),
    path("friend-requests/<slug:handle>/", OneRequest.as_view(), name="request"),
    path("friend-requests/<slug:handle>/answer/", RequestAnswer.as_view(), name="request_answer"),
    path("suggestions/", Suggestions.as_view(), name="suggestions"),
    path("suggestions/<slug:handle>/", OneSuggestion.as_view(), name="suggestion"),
    path("blocks/", Blocks.as_view(), name="blocks"),
    path("blocks/<slug:handle>/", OneBlock.as_view(), name="block"),
    path("mutes/", Mutes.as_view(), name="mutes"),
    path("mutes/<slug:handle>/", OneMute.as_view(), name="mute"),
    path("me/notification-choices/", Choices.as_view(), name="notification_choices"),
    path("me/mail-stop/", MailStop.as_view(), name="mail_stop"),
    path("me/muted-topics/", MutedTopics.as_view(), name="muted_topics"),
    path("me/muted-topics/<str:topic>/", Muting.as_view(), name="muted_topic"),
    path("notifications/", Notifications.as_view(), name="notifications"),
    path("notifications/count/", NotificationCount.as_view(), name="notification_count"),
    path("notifications/<int:pk>/read/", NotificationRead.as_view(), name="notification_read"),
    *forum.urlpatterns,
]
