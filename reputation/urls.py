from django.urls import path

from reputation.views import levels

app_name = "reputation"
urlpatterns = [
    path("reputation/levels/", levels.levels, name="levels"),
]
