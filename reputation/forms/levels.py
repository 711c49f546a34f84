"""What managers type."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from community.forms import TextField
from community.models import Member
from reputation import policies
from reputation.models import TrustChange


class Deed(models.TextChoices):
    """What is done about the level that nobody earns by numbers."""

    GIVE = "give", _("Give the highest trust level")
    TAKE = "take", _("Take it back")


class AppointmentForm(forms.ModelForm[TrustChange]):
    """Who gets the highest level or loses it, and why. The member reads the reason."""

    by: Member
    deed = forms.ChoiceField(
        label=_("What"), choices=Deed.choices, widget=UnfoldAdminSelectWidget()
    )
    reason = TextField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The member reads it."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
    )

    class Meta:
        model = TrustChange
        fields = ["member", "reason"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not {"member", "deed"} <= said.keys():
            return said
        gives = said["deed"] == Deed.GIVE
        asked = policies.can_appoint if gives else policies.can_dismiss
        if not (verdict := asked(self.by, said["member"])):
            self.add_error("member", str(verdict.reason))
        return said

    def _post_clean(self) -> None:
        """The row is written by the service, which has all of it."""
