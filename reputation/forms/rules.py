"""What administrators type."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextareaWidget

from reputation.kinds import Kind
from reputation.models import RuleBook
from reputation.policies import can_hold_from


def _points(kind: Kind) -> forms.IntegerField:
    return forms.IntegerField(
        label=kind.label,
        min_value=-1000,
        max_value=1000,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
    )


class RuleBookForm(forms.ModelForm[RuleBook]):
    """A new version of the rules: what each kind brings, 0 or nothing where it brings nothing."""

    supported = _points(Kind.SUPPORTED)
    helpful = _points(Kind.HELPFUL)
    answered = _points(Kind.ANSWERED)
    accepted = _points(Kind.ACCEPTED)
    built_on = _points(Kind.BUILT_ON)
    planned = _points(Kind.PLANNED)
    shipped = _points(Kind.SHIPPED)
    credited = _points(Kind.CREDITED)
    spam = _points(Kind.SPAM)

    class Meta:
        model = RuleBook
        fields = ("holds_from", "daily_cap", "why")
        widgets = {"why": UnfoldAdminTextareaWidget(attrs={"rows": 4})}
        help_texts = {
            "holds_from": _("Ten minutes from now at the earliest. What was before is not touched.")
        }

    @property
    def points(self) -> dict[str, int]:
        """What was typed, by kind."""
        return {kind: self.cleaned_data.get(kind) or 0 for kind in Kind.values}

    def clean_holds_from(self) -> datetime:
        moment: datetime = self.cleaned_data["holds_from"]
        verdict = can_hold_from(moment)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason), code=verdict.code)
        return moment

    def _post_clean(self) -> None:
        """The rows are written by the service."""
