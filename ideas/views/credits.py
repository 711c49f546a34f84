"""Saying what was used."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from community.viewers import member_of
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
