"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import health, second_factor
from ideas import views as ideas_views

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("admin/login/", second_factor.sign_in),
    path("admin/", admin.site.urls),
    path("staff/second-factor/", second_factor.second_factor, name="second_factor"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("config.api")),
    # Before the other policies, which have no clauses.
    path("", include("moderation.urls")),
    path("", include("community.urls")),
    path("", ideas_views.home, name="home"),
    path("", include("ideas.urls")),
    path("", include("reputation.urls")),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", health.media),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
