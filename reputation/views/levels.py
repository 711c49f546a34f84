from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.viewers import viewer as viewer_of
from reputation import measuring, progress


@login_not_required
@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """What each trust level asks for and brings; to a member, how far they have got."""
    small = measuring.site_is_small()
    viewer = viewer_of(request)
    context = {
        "levels": progress.table(small=small),
        "privileges": progress.privileges(),
        "small": small,
        "outlook": progress.outlook(viewer, small=small) if viewer else None,
    }
    return render(request, "reputation/levels.html", context)
