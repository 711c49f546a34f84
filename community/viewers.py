"""Who is looking."""

from django.http import HttpRequest

from community.models import Member


def viewer(request: HttpRequest) -> Member | None:
    """The signed-in member, or None for a visitor."""
    return request.user if isinstance(request.user, Member) else None


def member_of(request: HttpRequest) -> Member:
    """The signed-in member, on pages that only members reach."""
    assert isinstance(request.user, Member)
    return request.user
