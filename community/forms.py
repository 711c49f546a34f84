"""Forms for members, and the fields that all forms of the site use."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.forms import SignupForm as SocialSignupForm
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from community import text, wording
from community.errors import Refused
from community.models import Member, PolicyVersion
from community.models.choice import Delivery
from community.models.member import HANDLE, time_zones
from community.models.privacy import Content
from community.models.token import Scope
from community.services.choosing import choices_of
from community.services.tokens import MOST_DAYS


class LineField(forms.CharField):
    """One line of text, cleaned; what shows nothing counts as empty."""

    def to_python(self, value: Any) -> str:
        line = text.one_line(str(value or ""))
        return super().to_python(line if text.is_visible(line) else "") or ""


class TextField(forms.CharField):
    """Some lines of text, cleaned; what shows nothing counts as empty."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        lines = text.clean(str(value or ""))
        return super().to_python(lines if text.is_visible(lines) else "") or ""


class HandleField(forms.CharField):
    """A handle, in whatever case it was typed."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower().removeprefix("@")


def _name_field() -> LineField:
    return LineField(
        label=_("Your name"),
        max_length=80,
        help_text=_("As others will see it. It need not be your real name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def _add_consent(form: forms.Form) -> None:
    """Ask to agree to what holds here, if anything is published."""
    current = list(PolicyVersion.objects.current())
    if not current:
        return
    links = [(one.get_absolute_url(), one.get_kind_display()) for one in current]
    form.fields["agreed"] = forms.BooleanField(
        label=_("I have read what holds here, and agree to it"),
        help_text=format_html_join(", ", '<a href="{}" target="_blank">{}</a>', links),
    )
    # What the page showed: something newer is asked for at the next visit.
    form.fields["versions"] = forms.ModelMultipleChoiceField(
        PolicyVersion.objects.published(),
        initial=current,
        required=False,
        widget=forms.MultipleHiddenInput,
    )


class SignUpForm(SignupForm):
    """Name, address and password."""

    field_order = ("display_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"] = _name_field()
        _add_consent(self)
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
        self.fields["display_name"] = _name_field()
        self.initial["display_name"] = self.sociallogin.user.display_name
        _add_consent(self)
        self.order_fields(self.field_order)
        self.fields["email"].label = _("E-mail address")


class ProfileForm(forms.Form):
    """What members say of themselves, and how the site speaks to them."""

    display_name = _name_field()
    handle = HandleField(
        label=_("Handle"),
        max_length=30,
        validators=[RegexValidator(HANDLE, _("Use 3 to 30 of a–z, 0–9 and _."))],
        help_text=_("Your address on this site: 3 to 30 letters a–z, digits or underscores."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, at most 5 MB. We crop it to a square."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    without_picture = forms.BooleanField(label=_("Remove my picture"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)

    # Which field a refusal of the service belongs to.
    FIELD_OF = {"handle_taken": "handle", "handle_reserved": "handle"}

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(member, name) for name in self.of_member()})
        super().__init__(*args, **kwargs)
        if not member.avatar:
            del self.fields["without_picture"]

    @staticmethod
    def of_member() -> tuple[str, ...]:
        """The fields that are the member's own columns."""
        return ("display_name", "handle", "language", "time_zone")

    def refuse(self, refused: Refused) -> None:
        """Show a refusal at its field."""
        self.add_error(self.FIELD_OF.get(refused.code, "picture"), refused.reason)


class ChoicesForm(forms.Form):
    """How each group of notifications comes, and when."""

    mails = forms.BooleanField(
        label=_("Send me e-mail"),
        required=False,
        help_text=_("Off: everything is on your notifications page, nothing comes by e-mail."),
    )
    digest_hour = forms.TypedChoiceField(
        label=_("Daily and weekly e-mails come at"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        help_text=_("In your time zone; the weekly one on Mondays."),
    )
    quiet_from = forms.TimeField(
        label=_("No e-mail from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("What is due in these hours waits for their end. Empty: any time."),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        first = {name: getattr(member, name) for name in self.base_fields}
        first |= {f"group-{code}": way for code, way in choices_of(member).items()}
        kwargs.setdefault("initial", first)
        super().__init__(*args, **kwargs)
        for group in wording.groups():
            self.fields[f"group-{group.code}"] = forms.ChoiceField(
                label=group.label, help_text=group.hint, choices=Delivery.choices
            )

    @property
    def of_groups(self) -> list[forms.BoundField]:
        """The fields that are about groups."""
        return [field for field in self if field.name.startswith("group-")]

    def deliveries(self) -> dict[str, str]:
        """What was chosen, by the group's code."""
        chosen = self.cleaned_data
        return {n.removeprefix("group-"): chosen[n] for n in chosen if n.startswith("group-")}


class LeaveForm(forms.Form):
    """The end of an account: what becomes of what somebody wrote, and that it is meant."""

    content = forms.ChoiceField(
        label=_("What becomes of your ideas and comments"),
        choices=Content.choices,
        initial=Content.KEEP,
        widget=forms.RadioSelect,
    )
    confirmation = forms.CharField(
        label=_("Type your handle, so that this cannot happen by mistake"),
        max_length=31,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["confirmation"].help_text = _("Yours is %(handle)s.") % {
            "handle": member.handle
        }

    def clean_confirmation(self) -> str:
        typed = str(self.cleaned_data["confirmation"]).strip().lower().removeprefix("@")
        if typed != self.member.handle:
            raise forms.ValidationError(_("This is not your handle."))
        return typed


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
