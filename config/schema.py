"""What drf-spectacular cannot see by itself: how each operation says no, and what a token needs."""

import re
from collections.abc import Iterator
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated

from community.permissions import required_scope
from config.problems import MEDIA_TYPE, ProblemSerializer

BODIES = ("POST", "PUT", "PATCH")
PROBLEMS = {
    400: "A field, the cursor or the body does not fit (`invalid`, `bad_cursor`, `parse_error`).",
    401: "The token is unknown, expired or revoked, or the deed needs a member.",
    403: "The rules refuse it; `code` says which, such as `own_idea` or `scope_missing`.",
    404: "There is nothing here, or nothing that you may see (`not_found`).",
    406: "The answer comes in other forms only (`not_acceptable`).",
    409: "Somebody was quicker (`stale`). Read again, then decide.",
    413: "The body is too large (`too_large`).",
    415: "The body is of another kind than those listed (`unsupported_media_type`).",
    429: "Too many requests (`throttled`). `Retry-After` says how many seconds to wait.",
}


class Operation(AutoSchema):
    """One method of one address."""

    def get_operation_id(self) -> str:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(self.view).__name__)
        return f"{name}_{self.method}".lower()

    def get_auth(self) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_auth()
        members_only = IsAuthenticated in self.view.permission_classes
        return [*ways, {}] if self.method in SAFE_METHODS and not members_only else ways

    def get_summary(self) -> str:
        return self.get_description().partition("\n")[0].removesuffix(".")

    def get_description(self) -> str:  # type: ignore[override] # drf-spectacular's own signature
        scope = required_scope(self.method, self.view)
        return f"{super().get_description()}\n\nA token needs the scope `{scope}`."

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in self._problems():
            answer = OpenApiResponse(ProblemSerializer, PROBLEMS[status])
            bodies[str(status)] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                answer, str(status), [MEDIA_TYPE]
            )
        return dict(sorted(bodies.items()))

    def _problems(self) -> Iterator[int]:
        yield from (401, 403, 406, 429)
        if "{" in self.path or self.method in getattr(self.view, "may_be_missing", ()):
            yield 404
        asks = any(parameter["in"] == "query" for parameter in self._get_parameters())
        sends = self.method in BODIES and self.get_request_serializer() is not None
        if asks or sends:
            yield 400
        if sends:
            yield from (413, 415)
        if self.method in getattr(self.view, "may_be_stale", ()):
            yield 409
