"""Fields that all forms of the site use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags

from community import text
from community.models.profile import MOST_LINKS
from community.pages import is_page
from community.services.profiles import LONGEST_TAG


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


def name_field() -> LineField:
    """What a member is called."""
    return LineField(
        label=_("Your name"),
        max_length=80,
        help_text=_("As others will see it. It need not be your real name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
