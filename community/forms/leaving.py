"""Agreeing to what holds here, and leaving."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from community.models import Member, PolicyVersion
from community.models.privacy import Content


def add_consent(form: forms.Form) -> None:
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
