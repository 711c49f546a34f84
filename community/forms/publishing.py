"""When what is published holds."""

from datetime import date, datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSingleDateWidget


class PublishForm(forms.Form):
    day = forms.DateField(
        label=_("In force from"),
        help_text=_("A day to come, or nothing: at once."),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
    )

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a later day, or none."), code="past")
        return day

    @property
    def effective_at(self) -> datetime | None:
        """The beginning of that day; None is at once."""
        day = self.cleaned_data["day"]
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None
