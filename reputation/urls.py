from django.urls import path

from reputation import views

app_name = "reputation"
urlpatterns = [
    path("reputation/rules/", views.rules, name="rules"),
    path("members/<slug:handle>/points/", views.points, name="points"),
]
