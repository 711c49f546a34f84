from django.urls import path

from ideas import views

app_name = "ideas"
urlpatterns = [
    path("ideas/", views.index, name="index"),
    path("ideas/new/", views.new, name="new"),
    path("ideas/similar/", views.similar, name="similar"),
    path("ideas/preview/", views.preview, name="preview"),
    path("ideas/ordering/", views.ordering, name="ordering"),
    path("ideas/<int:pk>/", views.detail, name="detail"),
    path("ideas/<int:pk>/edit/", views.edit, name="edit"),
    path("ideas/<int:pk>/discard/", views.discard, name="discard"),
    path("ideas/<int:pk>/history/", views.revisions, name="revisions"),
    path("ideas/<int:pk>/support/", views.support, name="support"),
    path("ideas/<int:pk>/follow/", views.follow, name="follow"),
    path("ideas/<int:pk>/comments/", views.comment, name="comment"),
    path("ideas/<int:pk>/decisions/", views.decide, name="decide"),
    path("ideas/<int:pk>/topics/", views.link_topic, name="link_topic"),
    path("forum/topics/<int:pk>/idea/", views.turn, name="turn"),
    path("forum/topics/<int:pk>/ideas/", views.link_idea, name="link_idea"),
    path("comments/<int:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/history/", views.comment_history, name="comment_history"),
    path("comments/<int:pk>/helpful/", views.helpful, name="helpful"),
    path("comments/<int:pk>/resolved/", views.resolve, name="resolve"),
    path("boards/", views.boards, name="boards"),
    path("boards/<slug:slug>/", views.board, name="board"),
    path("drafts/", views.drafts, name="drafts"),
]
