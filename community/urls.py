from django.urls import path

from community.views import (
    choices,
    friends,
    notifications,
    outs,
    people,
    settings,
    site,
)

app_name = "community"
urlpatterns = [
    path("people/", people.directory, name="people"),
    path("people/<slug:handle>/", people.profile, name="profile"),
    path("people/<slug:handle>/avatar.svg", people.avatar, name="avatar"),
    path("people/<slug:handle>/friendship/", friends.friendship, name="friendship"),
    path("people/<slug:handle>/suggestion/dismiss/", friends.dismiss, name="dismiss"),
    path("people/<slug:handle>/block/", friends.block, name="block"),
    path("people/<slug:handle>/mute/", friends.mute, name="mute"),
    path("people/<slug:handle>/<slug:slug>/", people.tab, name="tab"),
    path("friends/", friends.friends, name="friends"),
    path("friends/requests/", friends.requests, name="requests"),
    path("friends/suggestions/", friends.suggestions, name="suggestions"),
    path("settings/", settings.settings, name="settings"),
    path("settings/about/", settings.about, name="about"),
    path("settings/about/links/", settings.check_links, name="check_links"),
    path("settings/privacy/", settings.privacy, name="privacy"),
    path("settings/distance/", settings.distance, name="distance"),
    path("settings/notifications/", choices.choices, name="choices"),
    path("settings/notifications/mail-again/", choices.mail_again, name="mail_again"),
    path("settings/tokens/", settings.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", settings.revoke_token, name="revoke_token"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/count/", notifications.count, name="notification_count"),
    path("notifications/mark/", notifications.mark, name="mark"),
    path("notifications/read/", notifications.read_all, name="read_all"),
    path("notifications/<int:pk>/", notifications.notification, name="notification"),
    path("unsubscribe/<str:token>/", outs.unsubscribe, name="unsubscribe"),
    path("language/", site.choose_language, name="language"),
    path("mailbox/", site.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", site.mailbox_message, name="mailbox_message"),
]
