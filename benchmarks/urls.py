"""The site's addresses, and those of the bare views."""

from django.urls import path

from benchmarks import bare
from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bare/page/", bare.page),
    path("bare/cards/", bare.cards),
    path("bare/write/", bare.write),
    *urlpatterns,
]
