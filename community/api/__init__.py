"""The part of `/api/v1/` that is about people: the reads, services and rules of the pages."""

from django.urls import path

from community.api.me import Me
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
    path("me/notification-choices/", Choices.as_view(), name="notification_choices"),
    path("me/mail-stop/", MailStop.as_view(), name="mail_stop"),
    path("me/muted-topics/", MutedTopics.as_view(), name="muted_topics"),
    path("me/muted-topics/<str:topic>/", Muting.as_view(), name="muted_topic"),
    path("notifications/", Notifications.as_view(), name="notifications"),
    path("notifications/count/", NotificationCount.as_view(), name="notification_count"),
    path("notifications/<int:pk>/read/", NotificationRead.as_view(), name="notification_read"),
]
