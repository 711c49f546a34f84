"""What members choose for themselves."""

from typing import Any

from django.conf import settings as site
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import circle, services
from community.cursors import BadCursor
from community.errors import Refused
from community.forms import AboutForm, PrivacyForm, ProfileForm, TokenForm
from community.models import AccessToken, Profile, ProfileLink
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


@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest) -> HttpResponse:
    """What members say of themselves at length."""
    member = member_of(request)
    form = AboutForm(request.POST or None, member=member)
    if form.is_valid():
        try:
            services.save_about(member=member, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("community:about")
    context = {
        "form": form,
        "links": ProfileLink.objects.filter(member=member),
        "profile_url": site.SITE_URL + member.get_absolute_url(),
    }
    return render(request, "community/about.html", context)


@require_POST
def check_links(request: HttpRequest) -> HttpResponse:
    """Look at one's unverified links now rather than next week."""
    services.check_links_again(member=member_of(request))
    messages.success(request, _("We look at your links in a moment."))
    return redirect("community:about")


@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """Who sees which part of the profile."""
    member = member_of(request)
    form = PrivacyForm(request.POST or None, profile=Profile.objects.get(pk=member.pk))
    if form.is_valid():
        services.choose_visibility(member=member, choices=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("community:privacy")
    return render(request, "community/privacy.html", {"form": form})


@require_safe
def distance(request: HttpRequest) -> HttpResponse:
    """Whom one blocked or muted."""
    member = member_of(request)
    muted = request.GET.get("list") == "muted"
    read = circle.mutes_of if muted else circle.blocks_of
    try:
        page = read(member, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise BadRequest("This is no page of this list.") from error
    before = "list=muted&" if muted else ""
    next_url = f"?{before}cursor={page.next}" if page.next else ""
    context = {"page": {"items": page.items, "next_url": next_url}, "muted": muted}
    return render(request, "community/distance.html", context)


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
