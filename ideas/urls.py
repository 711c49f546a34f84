from django.urls import path

from ideas import feeds, views

app_name = "ideas"
urlpatterns = [
    path("ideas/", views.index, name="index"),
    path("ideas/new/", views.new, name="new"),
    path("ideas/similar/", views.similar, name="similar"),
    path("ideas/preview/", views.preview, name="preview"),
    path("ideas/ordering/", views.ordering, name="ordering"),
    path("ideas/export.csv", views.export_csv, name="export_csv"),
    path("ideas/export.json", views.export_json, name="export_json"),
    path("ideas/<int:pk>/", views.detail, name="detail"),
    path("ideas/<int:pk>/edit/", views.edit, name="edit"),
    path("ideas/<int:pk>/discard/", views.discard, name="discard"),
    path("ideas/<int:pk>/history/", views.revisions, name="revisions"),
    path("ideas/<int:pk>/print/", views.printed, name="print"),
    path("ideas/<int:pk>/support/", views.support, name="support"),
    path("ideas/<int:pk>/follow/", views.follow, name="follow"),
    path("ideas/<int:pk>/comments/", views.comment, name="comment"),
    path("ideas/<int:pk>/decisions/", views.decide, name="decide"),
    path("comments/<int:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/history/", views.comment_history, name="comment_history"),
    path("comments/<int:pk>/helpful/", views.helpful, name="helpful"),
    path("comments/<int:pk>/resolved/", views.resolve, name="resolve"),
    path("boards/", views.boards, name="boards"),
    path("boards/<slug:slug>/", views.board, name="board"),
    path("roadmap/", views.roadmap, name="roadmap"),
    path("roadmap/feed.atom", feeds.roadmap_atom, name="roadmap_atom"),
    path("roadmap/feed.json", feeds.roadmap_json, name="roadmap_json"),
    path("changelog/", views.changelog, name="changelog"),
    path("changelog/feed.atom", feeds.changelog_atom, name="changelog_atom"),
    path("changelog/feed.json", feeds.changelog_json, name="changelog_json"),
    path("drafts/", views.drafts, name="drafts"),
    path("review/ideas/<int:pk>/decide/", views.compose, name="compose"),
    path("review/pending/", views.pending, name="pending"),
    path("review/pending/<int:pk>/", views.judge, name="judge"),
]
