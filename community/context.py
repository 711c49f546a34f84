"""What every page may show. All of it is looked up only when a template asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from community.models import Notification, SiteSettings
from community.viewers import viewer

# Beyond this a number says no more, and counting on would cost.
MOST_COUNTED = 99


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "community": SimpleLazyObject(SiteSettings.objects.current),
        "demo": settings.DEMO,
        "demo_logins": settings.DEMO_LOGINS,
        "has_providers": bool(settings.SOCIALACCOUNT_PROVIDERS),
        "unread_count": SimpleLazyObject(lambda: _unread(request)),
    }


def _unread(request: HttpRequest) -> int:
    member = viewer(request)
    if member is None:
        return 0
    # Counted here: PostgreSQL has read these few rows anyway.
    unread = Notification.objects.of(member).unread().order_by()
    return len(unread.values_list("pk", flat=True)[:MOST_COUNTED])
