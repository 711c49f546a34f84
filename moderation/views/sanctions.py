"""What a member has to bear, on a page of their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.viewers import member_of
from moderation.models import Sanction

# Nobody has more that still matters.
MOST = 50


@never_cache
@require_safe
def sanctions(request: HttpRequest) -> HttpResponse:
    """Each with its reason and its end, the newest first."""
    mine = Sanction.objects.filter(member=member_of(request)).select_related("clause__version")
    return render(request, "moderation/sanctions.html", {"sanctions": mine.order_by("-id")[:MOST]})
