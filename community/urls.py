from django.urls import path

from community.views import choices, notifications, outs, people, settings, site
from community.views.forum import lists, replies, topics, writing

app_name = "community"
urlpatterns = [
    path("people/<slug:handle>/", people.profile, name="profile"),
    path("people/<slug:handle>/avatar.svg", people.avatar, name="avatar"),
    path("settings/", settings.settings, name="settings"),
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
    path("forum/", lists.index, name="forum"),
    path("forum/topics/new/", writing.topic_new, name="topic_new"),
    path("forum/topics/similar/", writing.topic_similar, name="topic_similar"),
    path("forum/topics/preview/", writing.topic_preview, name="topic_preview"),
    path("forum/topics/<int:pk>/", topics.topic, name="topic"),
    path("forum/topics/<int:pk>/edit/", writing.topic_edit, name="topic_edit"),
    path("forum/topics/<int:pk>/history/", topics.topic_history, name="topic_history"),
    path("forum/topics/<int:pk>/follow/", topics.topic_follow, name="topic_follow"),
    path("forum/topics/<int:pk>/closed/", topics.topic_close, name="topic_close"),
    path("forum/topics/<int:pk>/answer/", topics.topic_answer, name="topic_answer"),
    path("forum/topics/<int:pk>/replies/", replies.topic_replies, name="topic_replies"),
    path("forum/replies/<int:pk>/", replies.reply, name="reply"),
    path("forum/replies/<int:pk>/edit/", replies.reply_edit, name="reply_edit"),
    path("forum/replies/<int:pk>/history/", replies.reply_history, name="reply_history"),
    path("forum/replies/<int:pk>/helpful/", replies.reply_helpful, name="reply_helpful"),
    path("forum/replies/<int:pk>/solved/", replies.reply_solved, name="reply_solved"),
    path("forum/<slug:slug>/", lists.space, name="space"),
    path("language/", site.choose_language, name="language"),
    path("mailbox/", site.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", site.mailbox_message, name="mailbox_message"),
]
