"""What the API lets through before any rule about the thing itself is asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from community.models import AccessToken, Member
from community.models.token import Scope
from community.policies.writing import can_write


class ScopedAccess(BasePermission):
    """Reading is open to all, writing to members. A token reaches no further than its scopes.

    Who is suspended writes nothing, but for views that say `for_the_suspended`, such as the export.

    A view names the scope of a method in `required_scopes`, such as `{"PUT": "support"}`; methods
    it does not name take `read` or `write`.
    """

    message = _("This token does not have the scope for that.")
    code = "scope_missing"

    def has_permission(self, request: Request, view: Any) -> bool:
        writes = request.method not in SAFE_METHODS and not getattr(
            view, "for_the_suspended", False
        )
        if writes and isinstance(request.user, Member):
            can_write(request.user).enforce()
        if isinstance(request.auth, AccessToken):
            return required_scope(request.method or "", view) in request.auth.scopes
        return request.method in SAFE_METHODS or bool(request.user.is_authenticated)


def required_scope(method: str, view: Any) -> str:
    """The scope that a token needs for this method of a view."""
    named: dict[str, str] = getattr(view, "required_scopes", {})
    fallback = Scope.READ if method in SAFE_METHODS else Scope.WRITE
    return named.get(method, fallback)
