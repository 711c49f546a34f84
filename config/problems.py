"""How the API says no: one shape, application/problem+json of RFC 9457, with a stable code."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers

from community.cursors import BadCursor
from community.errors import Refused

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"
Errors = dict[str, list[str]]

# Refusals about one of the fields that were sent; `missing_…` names its field by itself.
FIELDS = {
    "bad_picture": "file",
    "picture_too_large": "file",
    "too_many_tags": "tags",
    "handle_taken": "handle",
    "handle_reserved": "handle",
    "handle_changed_lately": "handle",
    "too_many_links": "links",
    "link_not_https": "links",
    "publish_at_past": "publish_at",
    "publish_at_far": "publish_at",
}
STALE = "stale"
MISSING = "missing_"


class ProblemSerializer(serializers.Serializer[Any]):
    """Why a request was not answered."""

    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="What went wrong, for programs. It never changes.")
    detail = serializers.CharField(help_text="What went wrong, for people, in their language.")
    errors = serializers.DictField(  # type: ignore[assignment] # becomes a field, no attribute
        child=serializers.ListField(child=serializers.CharField()),
        help_text="What is wrong with each field; empty unless fields are to blame.",
    )


def problem(
    status: int,
    code: str,
    detail: Any,
    errors: Errors | None = None,
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """A problem as an answer."""
    content = {
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": str(detail),
        "errors": errors or {},
    }
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE, headers=headers)


def is_for_programs(request: HttpRequest) -> bool:
    """Whether whoever asks reads problems instead of pages."""
    return request.path_info.startswith(PREFIX)


def handler(exception: Exception, context: Mapping[str, Any]) -> JsonResponse | None:
    """REST framework's exceptions and ours as problems; None for what nobody foresaw."""
    if isinstance(exception, Refused):
        return _refused(exception)
    if isinstance(exception, exceptions.ValidationError):
        errors = dict(_by_field(exception.detail))
        return problem(400, "invalid", _("Some of what you sent does not fit."), errors)
    if isinstance(exception, exceptions.NotFound | Http404):
        return not_found()
    if isinstance(exception, exceptions.APIException):
        return _by_framework(exception)
    return _by_django(exception)


def _refused(refused: Refused) -> JsonResponse:
    field = FIELDS.get(refused.code)
    if refused.code.startswith(MISSING):
        field = refused.code.removeprefix(MISSING)
    if field:
        return problem(400, refused.code, refused.reason, {field: [refused.reason]})
    return problem(409 if refused.code == STALE else 403, refused.code, refused.reason)


def _by_field(detail: Any, field: str = "") -> Iterator[tuple[str, list[str]]]:
    """The messages of nested errors, under `tags`, `tags.2` and the like."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _by_field(inner, f"{field}.{name}" if field else str(name))
    elif isinstance(detail, list):
        yield field or "non_field_errors", [str(message) for message in detail]


def _by_framework(exception: exceptions.APIException) -> JsonResponse:
    headers = {}
    if header := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if (wait := getattr(exception, "wait", None)) is not None:
        headers["Retry-After"] = str(max(1, round(wait)))
    code = exception.get_codes()
    assert isinstance(code, str)
    return problem(exception.status_code, code, exception.detail, headers=headers)


def _by_django(exception: Exception) -> JsonResponse | None:
    if isinstance(exception, BadCursor):
        return problem(400, "bad_cursor", _("This is no page of this list."))
    if isinstance(exception, PermissionDenied):
        return problem(403, "permission_denied", _("This is not for you."))
    if isinstance(exception, RequestDataTooBig):
        return problem(413, "too_large", _("This is more than we take at once."))
    if isinstance(exception, SuspiciousOperation):
        return bad_request()
    return None


def not_found() -> JsonResponse:
    return problem(404, "not_found", _("There is nothing here, or nothing that you may see."))


def bad_request() -> JsonResponse:
    return problem(400, "bad_request", _("This request makes no sense to us."))


def server_error() -> JsonResponse:
    """Without a word about why: that is in the log."""
    return problem(500, "server_error", _("Something broke on our side. We have a note of it."))


def unavailable() -> JsonResponse:
    """The database takes too long, or is away."""
    return problem(503, "unavailable", _("This takes too long at the moment. Try again soon."))
