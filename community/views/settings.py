"""What members choose for themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community import services
from community.errors import Refused
from community.forms import ProfileForm, TokenForm
from community.models import AccessToken
from community.viewers import member_of


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    form = ProfileForm(request.POST or None, request.FILES or None, member=member)
    if form.is_valid():
        try:
            saved = services.save_profile(member=member, **_changes(form))
        except Refused as refused:
            form.refuse(refused)
        else:
            with translation.override(saved.language):
                messages.success(request, _("Saved."))
            return redirect("community:settings")
    return render(request, "community/settings.html", {"form": form, "here": "profile"})


def _changes(form: ProfileForm) -> dict[str, Any]:
    answers = form.cleaned_data
    changes = {name: answers[name] for name in form.of_member()}
    if answers["picture"]:
        changes["picture"] = answers["picture"]
    elif answers.get("without_picture"):
        changes["picture"] = None
    return changes


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The list, and the form. A new secret is part of the one answer that made it."""
    member = member_of(request)
    secret = ""
    form = TokenForm(request.POST or None)
    if form.is_valid():
        try:
            _token, secret = services.create_token(member=member, **form.cleaned_data)
            form = TokenForm()
        except Refused as refused:
            form.add_error(None, refused.reason)
    live = AccessToken.objects.live().filter(member=member).order_by("-id")
    context = {"form": form, "tokens": live, "new_key": secret, "here": "tokens"}
    return render(request, "community/tokens.html", context)


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(AccessToken.objects.filter(member=member_of(request)), pk=pk)
    services.revoke_token(token=token)
    messages.success(request, _("“%(name)s” no longer works.") % {"name": token.name})
    return redirect("community:tokens")
