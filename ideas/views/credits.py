"""What was used, and whose it was."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from community.models import Member
from community.remembered import remembered
from community.viewers import member_of
from ideas.credits import credits_of_member
from ideas.ordering import BadCursor, Place
from ideas.services import crediting
from ideas.views.comments import shown_comment


@require_POST
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a comment was used, or that it was not: `used` says which."""
    member = member_of(request)
    said = shown_comment(pk, member)
    if request.POST.get("used") == "true":
        crediting.credit_comment(comment=said, by=member)
    else:
        crediting.take_back(comment=said, by=member)
    return redirect(said)


@login_not_required
@remembered
@require_safe
def member_credits(request: HttpRequest, handle: str) -> HttpResponse:
    """A member's parts in ideas, newest first."""
    member = get_object_or_404(Member.objects.with_profile(), handle=handle.lower())
    try:
        after = Place.decode(request.GET["after"]) if "after" in request.GET else None
        parts, behind = credits_of_member(member.pk, after)
    except BadCursor:
        raise BadRequest("after") from None
    next_page = f"?{urlencode({'after': behind.encode()})}" if behind else ""
    context = {"member": member, "parts": parts, "next_page": next_page, "section": "people"}
    part = "#parts" if request.headers.get("HX-Request") else ""
    return render(request, f"ideas/member_credits.html{part}", context)
