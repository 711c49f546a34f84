"""How and when a member is told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import services
from community.errors import Refused
from community.forms import ChoicesForm
from community.models import Member
from community.services import bouncing, choosing
from community.told import muted_by
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
    context = {"form": form, "muted": muted_by(member)}
    return render(request, "community/choices.html", context, status=status)


def _save(member: Member, form: ChoicesForm) -> None:
    changes = {name: form.cleaned_data[name] for name in ("mails", *choosing.HOURS)}
    choosing.change(member=member, deliveries=form.deliveries(), **changes)


@require_POST
def mail_again(request: HttpRequest) -> HttpResponse:
    """The address works again, says the member."""
    member = member_of(request)
    bouncing.resume(member=member, by=member)
    messages.success(request, _("We send e-mail to your address again."))
    return redirect("community:choices")


@require_POST
def unmute(request: HttpRequest) -> HttpResponse:
    """E-mail about a `topic` again."""
    services.unmute(member=member_of(request), topic=request.POST.get("topic", ""))
    messages.success(request, _("We tell you about it by e-mail again."))
    return redirect("community:choices")
