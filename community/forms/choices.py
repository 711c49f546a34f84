"""What comes by e-mail, and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community import wording
from community.models import Member
from community.models.choice import Delivery
from community.services.choosing import choices_of


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
