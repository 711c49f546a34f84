"""How django-allauth makes and confirms our members."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community import services, text
from community.models import Departure, Member, SiteSettings
from community.models.policy import ConsentWay
from community.services import signing_in

log = logging.getLogger(__name__)

LONGEST_NAME = 80
# Kept in the session of somebody who has shown to be the owner of a closed account: who, and when.
COMES_BACK = "comes_back"
COMES_BACK_WITHIN = 15 * 60


def comes_back(request: HttpRequest) -> Member | None:
    """Whose closed account the person before this browser has just signed in to."""
    pk, at = request.session.get(COMES_BACK, (None, 0))
    if time.time() - at > COMES_BACK_WITHIN:
        return None
    departure = Departure.objects.in_grace().select_related("member").filter(member=pk).first()
    return departure.member if departure else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return SiteSettings.objects.current().sign_up_open

    def save_user(
        self,
        request: HttpRequest,
        user: Member,
        form: Form,
        commit: bool = True,  # noqa: FBT001, FBT002  # allauth's signature
    ) -> Member:
        answers = form.cleaned_data
        user.email = answers["email"]
        user.display_name = answers["display_name"]
        user.language = get_language() or user.language
        user.set_password(answers.get("password1"))
        with transaction.atomic():
            services.join(member=user)
            _note_consent(user, form)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down must not undo a sign-up that is already saved."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # smtplib's own errors are OSErrors, too
            log.exception("%s was not sent.", template_prefix)
            messages.error(
                self.request,
                _("We could not send you an e-mail just now. Please ask for it again later."),
            )

    def respond_user_inactive(self, request: HttpRequest, user: Member) -> HttpResponse:
        """Who closed the account and has shown to be its owner is asked whether to come back."""
        if not Departure.objects.in_grace().filter(member=user).exists():
            answer: HttpResponse = super().respond_user_inactive(request, user)
            return answer
        request.session[COMES_BACK] = (user.pk, time.time())
        return redirect("community:come_back")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """All or nothing; an address that somebody else took meanwhile is refused."""
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            messages.error(request, _("Another member uses this address."))
            return False


def _note_consent(member: Member, form: Form) -> None:
    versions = form.cleaned_data.get("versions", ())
    services.agree(member=member, versions=versions, way=ConsentWay.SIGN_UP)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Member:
        member: Member = super().populate_user(request, sociallogin, data)
        whole = " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))
        found = (data.get("name"), whole, data.get("username"), member.email.partition("@")[0])
        names = (text.one_line(name or "") for name in found)
        member.display_name = next(filter(text.is_visible, names), "")[:LONGEST_NAME]
        member.language = get_language() or member.language
        return member

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Form | None = None
    ) -> Member:
        member: Member = sociallogin.user
        if form is not None:
            member.display_name = form.cleaned_data["display_name"]
            member.email = form.cleaned_data["email"]
        member.set_unusable_password()
        with transaction.atomic():
            services.join(member=member)
            sociallogin.save(request)
            if form is not None:
                _note_consent(member, form)
            if EmailAddress.objects.filter(
                user=member, email=member.email.lower(), verified=True
            ).exists():
                services.confirm_address(member=member)
        return member


def remember_confirmation(*, email_address: EmailAddress, **kwargs: Any) -> None:
    """Receives allauth's `email_confirmed`."""
    services.confirm_address(member=email_address.user)


def remember_sign_in(*, request: HttpRequest, user: Member, **kwargs: Any) -> None:
    """Receives Django's `user_logged_in`, which the admin's door sends, too."""
    steps = get_authentication_records(request, user)
    address = request.META.get("REMOTE_ADDR") and AccountAdapter(request).get_client_ip(request)
    signing_in.note_sign_in(
        member=user,
        methods={step["method"] for step in steps},
        address=address or "",
        user_agent=request.headers.get("user-agent", ""),
    )
