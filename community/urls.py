from django.urls import path

from community.views import notifications, people, settings, site

app_name = "community"
urlpatterns = [
    path("people/<slug:handle>/", people.profile, name="profile"),
    path("people/<slug:handle>/avatar.svg", people.avatar, name="avatar"),
    path("settings/", settings.settings, name="settings"),
    path("settings/tokens/", settings.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", settings.revoke_token, name="revoke_token"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.read_all, name="read_all"),
    path("notifications/<int:pk>/", notifications.notification, name="notification"),
    path("unsubscribe/<str:token>/", notifications.unsubscribe, name="unsubscribe"),
    path("language/", site.choose_language, name="language"),
    path("mailbox/", site.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", site.mailbox_message, name="mailbox_message"),
]
