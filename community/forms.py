"""Forms for members, and the fields that all forms of the site use."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.forms import SignupForm as SocialSignupForm
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags

from community import text
from community.errors import Refused
from community.models import Member, Profile
from community.models.member import HANDLE, time_zones
from community.models.profile import MOST_LINKS
from community.models.sight import PARTS, Visibility
from community.models.token import Scope
from community.pages import is_page
from community.services.profiles import LONGEST_TAG, MOST_TAGS
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


class TagsField(forms.CharField):
    """Tags between commas, each on one line, none twice, and no more than `most`."""

    def __init__(self, *args: Any, most: int, too_many: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most, self.too_many = most, too_many

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        typed = parse_tags(text.one_line(str(value or "")))
        return list(dict.fromkeys(tag.lower() for tag in typed if text.is_visible(tag)))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(self.too_many, code="too_many")
        if any(len(tag) > LONGEST_TAG for tag in value):
            raise forms.ValidationError(_("A tag has 40 letters at the most."), code="too_long")

    def run_validators(self, value: Any) -> None:
        """A list has no length in letters."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ", ".join(value or [])


class LinksField(forms.CharField):
    """Addresses of pages, one on each line; `https://` may be left out."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "inputmode": "url"})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [text.one_line(line) for line in text.clean(str(value or "")).split("\n")]
        return list(dict.fromkeys(_with_scheme(line) for line in lines if text.is_visible(line)))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINKS:
            raise forms.ValidationError(_("Name five pages at the most."), code="too_many")
        for url in value:
            is_page(url)

    def run_validators(self, value: Any) -> None:
        """Each line has been looked at."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(value or [])


def _with_scheme(line: str) -> str:
    return line if "://" in line else f"https://{line}"


def _name_field() -> LineField:
    return LineField(
        label=_("Your name"),
        max_length=80,
        help_text=_("As others will see it. It need not be your real name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SignUpForm(SignupForm):
    """Name, address and password."""

    field_order = ("display_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"] = _name_field()
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
        self.order_fields(self.field_order)
        self.fields["email"].label = _("E-mail address")


class ProfileForm(forms.Form):
    """What members say of themselves, and how the site speaks to them."""

    display_name = _name_field()
    handle = HandleField(
        label=_("Handle"),
        max_length=30,
        validators=[RegexValidator(HANDLE, _("Use 3 to 30 of a–z, 0–9 and _."))],
        help_text=_(
            "Your address on this site: 3 to 30 letters a–z, digits or underscores. You can change "
            "it once in 30 days; links to the old one go on leading to you."
        ),
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
    mails = forms.BooleanField(
        label=_("Tell me by e-mail"),
        required=False,
        help_text=_("When an idea you posted or follow is commented or decided."),
    )

    # Which field a refusal of the service belongs to.
    FIELD_OF = dict.fromkeys(("handle_taken", "handle_reserved", "handle_changed_lately"), "handle")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(member, name) for name in self.of_member()})
        super().__init__(*args, **kwargs)
        if not member.avatar:
            del self.fields["without_picture"]

    @staticmethod
    def of_member() -> tuple[str, ...]:
        """The fields that are the member's own columns."""
        return ("display_name", "handle", "language", "time_zone", "mails")

    def refuse(self, refused: Refused) -> None:
        """Show a refusal at its field."""
        self.add_error(self.FIELD_OF.get(refused.code, "picture"), refused.reason)


class AboutForm(forms.Form):
    """What members say of themselves at length."""

    bio = TextField(
        label=_("About you"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Markdown works here, and @handles."),
    )
    location = LineField(
        label=_("Place"),
        required=False,
        max_length=80,
        help_text=_("A town or a region, as roughly as you like."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    tags = TagsField(
        label=_("What you know about"),
        most=MOST_TAGS,
        too_many=_("Use ten tags at the most."),
        required=False,
        help_text=_("Up to ten tags, with commas between them. Others find you by them."),
    )
    links = LinksField(
        label=_("Your pages elsewhere"),
        required=False,
        help_text=_(
            "Up to five, one on each line. Where the page links back to your profile with "
            'rel="me", we show that it is yours.'
        ),
    )

    # Which field a refusal of the service belongs to.
    FIELD_OF = {"too_many_tags": "tags"}

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        profile = Profile.objects.get(pk=member.pk)
        kwargs["initial"] = {
            "bio": profile.bio,
            "location": profile.location,
            "tags": sorted(tag.name for tag in profile.tags.all()),
            "links": [link.url for link in member.links.all()],
        }
        super().__init__(*args, **kwargs)

    def refuse(self, refused: Refused) -> None:
        """Show a refusal at its field."""
        self.add_error(self.FIELD_OF.get(refused.code, "links"), refused.reason)


class PrivacyForm(forms.Form):
    """Who sees which part of a profile."""

    LABELS = {
        "bio": _("About you"),
        "location": _("Place"),
        "links": _("Links"),
        "tags": _("What you know about"),
        "supports": _("Ideas you support"),
        "comments": _("Your comments"),
        "friends": _("Your friends"),
        "found": _("Found in the directory and suggested to others"),
    }
    HELP = {
        "supports": _("A list of the ideas you support. Nobody sees it unless you say so here."),
        "comments": _("Each comment stays where you wrote it; this is about the list of them."),
        "friends": _("Two friends are shown as such only where both let it be seen."),
    }

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        kwargs["initial"] = {part: getattr(profile, f"{part}_for") for part in PARTS}
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[part] = forms.TypedChoiceField(
                label=self.LABELS[part],
                choices=Visibility.choices,
                coerce=int,
                help_text=self.HELP.get(part, ""),
            )


class PeopleForm(forms.Form):
    """Whom somebody looks for in the directory."""

    q = LineField(label=_("Name or handle"), required=False, max_length=80)
    tag = LineField(label=_("Knows about"), required=False, max_length=100)
    place = LineField(label=_("Place"), required=False, max_length=80)


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
