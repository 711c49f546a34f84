"""`/api/v1/`: every app's part of it, its description, and what is not there."""

from django.conf import settings
from django.urls import path, re_path
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

import community.api
import ideas.api
import moderation.api
import reputation.api

app_name = "api"

# Swagger UI sets the style attributes of what it shows.
STYLED = {"style-src": [CSP.SELF, CSP.UNSAFE_INLINE]}


class Docs(SpectacularSwaggerView):
    """The schema as a page on which each operation can be tried."""

    template_name = "api/docs.html"
    url_name = "api:schema"


@extend_schema(exclude=True)
class Nothing(APIView):
    """Every other address, in the shape of every other answer."""

    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound


urlpatterns = [
    *community.api.urlpatterns,
    *ideas.api.urlpatterns,
    *moderation.api.urlpatterns,
    *reputation.api.urlpatterns,
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", csp_override({**settings.SECURE_CSP, **STYLED})(Docs.as_view()), name="docs"),
    re_path(r"", Nothing.as_view()),
]
