"""Sorting ideas of others by their tags."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.errors import Refused
from community.viewers import member_of
from ideas.forms import ReviewTagsForm
from ideas.services import retagging
from ideas.views.pages import standing


@require_POST
def retag(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the tags: only the difference to what was read is written."""
    member = member_of(request)
    idea = standing(pk, member)
    form = ReviewTagsForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(idea)
    wanted, before = set(form.cleaned_data["tags"]), set(form.cleaned_data["before"])
    try:
        retagging.retag(idea=idea, by=member, add=[*(wanted - before)], remove=[*(before - wanted)])
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("The tags are changed. The history of the idea says by whom."))
    return redirect(idea)
