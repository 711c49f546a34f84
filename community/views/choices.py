"""How and when a member is told."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import services
from community.errors import Refused
from community.forms import ChoicesForm
from community.models import Member
from community.services import bouncing
from community.viewers import member_of


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Each group: on the page only, by mail at once, once a day or once a week."""
    member = member_of(request)
    form = ChoicesForm(request.POST or None, member=member)
    if form.is_valid():
        try:
            _save(member, form)
        except Refused as refused:
            form.add_error("quiet_until", refused.reason)
        else:
            messages.success(request, _("Saved."))
            return redirect("community:choices")
    status = 422 if form.errors else 200
    return render(request, "community/choices.html", {"form": form}, status=status)


@transaction.atomic
def _save(member: Member, form: ChoicesForm) -> None:
    """All of it, or nothing."""
    hours = {n: form.cleaned_data[n] for n in ("digest_hour", "quiet_from", "quiet_until")}
    services.set_hours(member=member, **hours)
    services.choose(member=member, deliveries=form.deliveries())
    services.want_mails(member=member, wanted=form.cleaned_data["mails"])


@require_POST
def mail_again(request: HttpRequest) -> HttpResponse:
    """The address works again, says the member."""
    bouncing.resume(member=member_of(request))
    messages.success(request, _("We send e-mail to your address again."))
    return redirect("community:choices")
