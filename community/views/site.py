"""The language of the site, and the mailbox of the demo."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from community import services, text
from community.models import SentMail
from community.viewers import viewer

ON_A_PAGE = 50


@login_not_required
@csrf_exempt  # pages of visitors carry no token; another site's form comes without the session
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember it with the member, or with the visitor's browser."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(_back(request))
    if language not in dict(settings.LANGUAGES):
        return response
    if member := viewer(request):
        services.save_profile(member=member, language=language)
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 86_400,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    place = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return place if safe and place.startswith("/") else reverse("home")


@login_not_required
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo()
    words = text.one_line(request.GET.get("q", ""))[:100]
    found = SentMail.objects.to_or_about(words) if words else SentMail.objects.all()
    mails = found.order_by("-id")[:ON_A_PAGE]
    return render(request, "community/mailbox.html", {"mails": mails, "q": words})


@login_not_required
@csp_override(settings.SECURE_CSP | {"frame-src": [CSP.SELF]})
@require_safe
def mailbox_message(request: HttpRequest, pk: int) -> HttpResponse:
    _only_in_the_demo()
    mail = get_object_or_404(SentMail, pk=pk)
    return render(request, "community/mailbox_message.html", {"mail": mail})


# Mails carry their own styles and load nothing else; no page but ours may frame them.
MAIL_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "frame-ancestors": [CSP.SELF],
}


@login_not_required
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
@require_safe
def mailbox_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as a mail program shows it."""
    _only_in_the_demo()
    mail = get_object_or_404(SentMail.objects.exclude(html=""), pk=pk)
    # Its links leave the frame: other pages do not let themselves be framed.
    return HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
