"""Marking a page as the same for every visitor; the house keeps such pages ready (config.pages)."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse


def remembered[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """The decorated page depends on nothing but its address and the visitor's language."""

    @wraps(view)
    def marked(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.is_remembered = True  # type: ignore[attr-defined]
        return response

    return marked
