"""Joining, and access tokens."""

from typing import Any

from allauth.account.forms import ResetPasswordForm, SignupForm
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.forms import SignupForm as SocialSignupForm
from django import forms
from django.contrib import messages
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
)
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from community.errors import Refused
from community.forms.fields import LineField, name_field
from community.forms.leaving import add_consent
from community.models import Departure
from community.models.token import Scope
from community.services.tokens import MOST_DAYS


class SignUpForm(SignupForm):
    """Name, address and password."""

    field_order = ("display_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"] = name_field()
        add_consent(self)
        self.order_fields(self.field_order)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("Nobody else sees it. We send you a link to confirm it.")
        # The labels say it already.
        for name in ("email", "password1"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def try_save(self, request: HttpRequest) -> Any:
        try:
            return super().try_save(request)
        except Refused as refused:
            # The address was free a moment ago: a double click, most likely.
            messages.info(request, refused.reason)
            raise ImmediateHttpResponse(redirect("account_login")) from refused


class SocialSignUpForm(SocialSignupForm):
    """What a provider did not tell us."""

    field_order = ("display_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"] = name_field()
        self.initial["display_name"] = self.sociallogin.user.display_name
        add_consent(self)
        self.order_fields(self.field_order)
        self.fields["email"].label = _("E-mail address")


class ResetForm(ResetPasswordForm):
    """For who closed the account, too: without the password it is the only way back."""

    users: Any

    def clean_email(self) -> str:
        email: str = super().clean_email()
        closed = Departure.objects.in_grace().filter(member__email__iexact=email)
        self.users = [*self.users, *(one.member for one in closed.select_related("member"))]
        return email


class TokenForm(forms.Form):
    """A new access token."""

    name = LineField(
        label=_("What it is for"), max_length=60, help_text=_("To tell your tokens apart.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(
        label=_("Days until it expires"),
        initial=90,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("At most 365."),
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_DAYS}),
    )
