"""What every page may show. All of it is looked up only when a template asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from community.models import SiteSettings
from community.policies.writing import can_write
from community.told import unread_of
from community.viewers import viewer


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "community": SimpleLazyObject(SiteSettings.objects.current),
        "demo": settings.DEMO,
        "demo_logins": settings.DEMO_LOGINS,
        "has_providers": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "silenced": SimpleLazyObject(lambda: _silenced(request)),
        "unread_count": SimpleLazyObject(lambda: _unread(request)),
    }


def _silenced(request: HttpRequest) -> str:
    """Until when the member may not write; empty for everybody else."""
    member = viewer(request)
    return str(can_write(member).reason) if member else ""


def _unread(request: HttpRequest) -> int:
    member = viewer(request)
    return unread_of(member) if member else 0
