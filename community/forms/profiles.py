"""What members say of themselves, and whom they look for."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import (
    RegexValidator,
)
from django.utils.translation import gettext_lazy as _

from community.errors import Refused
from community.forms.fields import (
    HandleField,
    LineField,
    LinksField,
    TagsField,
    TextField,
    name_field,
)
from community.models import Member, Profile
from community.models.member import HANDLE, time_zones
from community.models.sight import PARTS, Visibility
from community.services.profiles import MOST_TAGS


class ProfileForm(forms.Form):
    """What members say of themselves, and how the site speaks to them."""

    display_name = name_field()
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
        return ("display_name", "handle", "language", "time_zone")

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
        "ranked": _("Named on leaderboards"),
    }
    HELP = {
        "supports": _("A list of the ideas you support. Nobody sees it unless you say so here."),
        "comments": _("Each comment stays where you wrote it; this is about the list of them."),
        "friends": _("Two friends are shown as such only where both let it be seen."),
        "ranked": _(
            "With your points and your rank. “Only me” takes you off for all others at once."
        ),
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
