"""Decisions, at once or waiting, and promises that are withdrawn."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import LineField, TextField
from ideas.models import Idea
from ideas.services.composing import Composed
from ideas.services.steps import Grounds
from ideas.status import CostBand, Reason, Step, find


class DecisionForm(forms.Form):
    """All that any step may need; which fields must be filled, the step says."""

    to = forms.ChoiceField(
        label=_("Step"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("An idea cannot go there from where it is.")},
    )
    statement = TextField(
        label=_("Public statement"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say it as you would to the author's face: what, and why."),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *Reason.choices],
        required=False,
        help_text=_("Needed to decline."),
    )
    change_our_mind = TextField(
        label=_("What would change our mind"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to decline."),
    )
    rough_when = LineField(
        label=_("Roughly when"),
        max_length=60,
        required=False,
        help_text=_("Needed to plan: “spring”, “within a year”."),
    )
    cost_band = forms.ChoiceField(
        label=_("Effort"),
        choices=[("", _("Choose a size")), *CostBand.choices],
        required=False,
        help_text=_("Needed to plan."),
    )
    revisit_on = forms.DateField(
        label=_("We look again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, idea: Idea, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.idea = idea
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(step.target.value, step.label) for step in steps]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        step = find(self.idea.status, data.get("to", ""))
        for name in self.grounds().missing(step) if step else ():
            if name not in self.errors:
                self.add_error(name, _("This step needs it."))
        return data

    def grounds(self) -> Grounds:
        """What the decision would say."""
        data = self.cleaned_data
        return Grounds(**{f.name: data[f.name] for f in fields(Grounds) if data.get(f.name)})


class IdsField(forms.Field):
    """The ids of what was ticked. What is none is left out: it is settled, or was never there."""

    widget = forms.SelectMultiple
    most = 200

    def clean(self, value: Any) -> list[int]:
        ids = {int(each) for each in value or () if str(each).isascii() and str(each).isdecimal()}
        return sorted(each for each in ids if each < 2**63)[: self.most]


class ComposeForm(DecisionForm):
    """A decision with the discussion beside it. Which `answers` and `uses` there are, the page
    shows; `template` is what the words begin with."""

    template = forms.ChoiceField(label=_("Begin with"), required=False)
    answers = IdsField(required=False)
    uses = IdsField(required=False)
    publish_at = forms.DateTimeField(
        label=_("Public on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, templates: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        template = self.fields["template"]
        assert isinstance(template, forms.ChoiceField)
        template.choices = [("", _("Choose a template")), *templates]
        self.fields["statement"].widget.attrs["rows"] = 9

    def composed(self, *, at_once: bool) -> Composed:
        """What is handed in; `at_once` leaves the day aside."""
        data = self.cleaned_data
        return Composed(
            to=data["to"],
            grounds=self.grounds(),
            seen=data["seen"],
            answers=data["answers"],
            uses=data["uses"],
            publish_at=None if at_once else data["publish_at"],
        )

    def typed(self) -> dict[str, Any]:
        """Everything as it was typed, right or wrong."""
        return {name: self[name].data for name in self.fields}


class RescheduleForm(forms.Form):
    publish_at = forms.DateTimeField(
        label=_("Public on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class RemarkForm(forms.Form):
    remark = TextField(max_length=500, required=False)


class WithdrawalForm(forms.Form):
    reason = TextField(
        label=_("Why will it not be kept?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody can read this: on the idea, on the board and on the record."),
    )
