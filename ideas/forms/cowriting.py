"""Asking a friend to write along."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import LineField
from community.models import Member


class FriendForm(forms.Form):
    """A friend by handle, suggested or typed; whether it is one, a policy says."""

    friend = LineField(
        label=_("Friend"),
        max_length=31,
        help_text=_("Choose one of your friends, or type a handle."),
        widget=forms.TextInput(attrs={"list": "friends", "autocomplete": "off"}),
    )

    def clean_friend(self) -> Member:
        """The member with this handle."""
        handle = self.cleaned_data["friend"].removeprefix("@").lower()
        found = Member.objects.active().filter(handle=handle).first()
        if not isinstance(found, Member):
            raise forms.ValidationError(_("Nobody has this handle."), code="nobody")
        return found
