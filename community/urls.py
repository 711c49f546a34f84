from django.urls import path

from community.views import choices, notifications, outs, people, settings, site

app_name = "community"
urlpatterns = [
    path("people/<slug:handle>/", people.profile, name="profile"),
    path("people/<slug:handle>/avatar.svg", people.avatar, name="avatar"),
    path("settings/", settings.settings, name="settings"),
    path("settings/notifications/", choices.choices, name="choices"),
    path("settings/notifications/mail-again/", choices.mail_again, name="mail_again"),
    path("settings/notifications/unmute/", choices.unmute, name="unmute"),
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
