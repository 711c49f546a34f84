"""What moderators type to void votes."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from community.forms import LineField, TextField
from community.models import Member
from ideas import policies
from ideas.conditions import NARROWING, Conditions
from ideas.models import Board, Idea, Voiding
from ideas.models.support import SupportState
from ideas.services.voiding import Plea

MOST_NAMED = 5000
_SEPARATOR = re.compile(r"[\s,;]+")
_LONGEST_NUMBER = 18


def _words(typed: str) -> list[str]:
    return [word for word in _SEPARATOR.split(typed) if word]


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= _LONGEST_NUMBER


class NumbersField(TextField):
    """Numbers between commas, each of something that is there."""

    widget = UnfoldAdminTextareaWidget(attrs={"rows": 2})

    def to_python(self, value: Any) -> tuple[int, ...]:  # type: ignore[override]
        words = _words(super().to_python(value))
        if len(words) > MOST_NAMED:
            raise forms.ValidationError(_("Too many. Use another condition."), code="too_many")
        found = self.found(words)
        if unknown := [word for word in words if word not in found]:
            reason = _("Not known here: %(words)s")
            raise forms.ValidationError(
                reason, code="unknown", params={"words": ", ".join(unknown[:5])}
            )
        return tuple(dict.fromkeys(found[word] for word in words))

    def found(self, words: list[str]) -> Mapping[str, int]:
        """Those that are known, with their ids."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ", ".join(map(str, value or ()))

    def run_validators(self, value: Any) -> None:
        """Ids have no length in letters."""


class MembersField(NumbersField):
    """Members by number or handle."""

    def found(self, words: list[str]) -> Mapping[str, int]:
        handles = {word.lower().removeprefix("@"): word for word in words if not _is_number(word)}
        numbers = {int(word): word for word in words if _is_number(word)}
        rows = Member.objects.filter(Q(pk__in=numbers) | Q(handle__in=handles))
        known: dict[str, int] = {}
        for pk, handle in rows.values_list("pk", "handle"):
            known |= {word: pk for word in (numbers.get(pk), handles.get(handle)) if word}
        return known


class IdeasField(NumbersField):
    def found(self, words: list[str]) -> Mapping[str, int]:
        numbers = [int(word) for word in words if _is_number(word)]
        known = set(Idea.objects.filter(pk__in=numbers).values_list("pk", flat=True))
        return {word: int(word) for word in words if _is_number(word) and int(word) in known}


class MomentInput(UnfoldAdminTextInputWidget):
    input_type = "datetime-local"

    def format_value(self, value: Any) -> str | None:
        return str(value.strftime("%Y-%m-%dT%H:%M") if hasattr(value, "strftime") else value or "")


def _moment_field(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=False, widget=MomentInput)


class VoidingForm(forms.ModelForm[Voiding]):
    """Which votes and why. All conditions that are filled must hold."""

    moderator: Member

    members = MembersField(
        label=_("Cast by"), required=False, help_text=_("Handles or numbers, between commas.")
    )
    ideas = IdeasField(
        label=_("For ideas"),
        required=False,
        help_text=_("Numbers, between commas. What was merged into them belongs to them."),
    )
    authors = MembersField(
        label=_("For ideas of"), required=False, help_text=_("Handles or numbers, between commas.")
    )
    boards = forms.ModelMultipleChoiceField(
        label=_("On boards"),
        queryset=Board.objects.order_by("name"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    block = LineField(
        label=_("Signed in from"),
        required=False,
        max_length=50,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("A block of addresses such as 203.0.113.0/24, in the last 90 days."),
    )
    given_from = _moment_field(_("Given from"))
    given_until = _moment_field(_("Given before"))
    joined_from = _moment_field(_("Account made from"))
    joined_until = _moment_field(_("Account made before"))
    counts = forms.ChoiceField(
        label=_("That are"),
        required=False,
        choices=[
            ("", _("Counted or waiting")),
            (SupportState.COUNTED.value, SupportState.COUNTED.label),
            (SupportState.PENDING.value, SupportState.PENDING.label),
        ],
        widget=UnfoldAdminSelectWidget,
    )
    summary = LineField(
        label=_("Public reason"),
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("In the public log and to each voter. Say what happened and name nobody."),
    )
    note = TextField(
        label=_("Note for colleagues"),
        max_length=4000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("Evidence, and whatever a second person needs to know. Stays inside."),
    )
    case_number = forms.IntegerField(
        label=_("Case"),
        required=False,
        min_value=1,
        max_value=2**62,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=_("The number of the case that led here, if there is one."),
    )

    class Meta:
        model = Voiding
        fields = ("summary", "note", "case_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        saved = kwargs.get("instance")
        if saved is not None and saved.pk:
            kwargs["initial"] = shown(saved.asked) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        verdict = policies.can_draft_voiding(self.moderator)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason), code=verdict.code)
        if not self.errors and not self.conditions().narrows:
            raise forms.ValidationError(
                _("Say which votes: conditions without any would void all of them."),
                code="no_conditions",
            )
        return said

    def conditions(self) -> Conditions:
        said = self.cleaned_data
        plain = {name: said.get(name) for name in NARROWING if name != "boards"}
        boards = tuple(sorted(board.pk for board in said.get("boards") or ()))
        filled = {name: value for name, value in plain.items() if value}
        return Conditions(**filled, boards=boards, state=said.get("counts") or "")

    def plea(self) -> Plea:
        said = self.cleaned_data
        return Plea(
            conditions=self.conditions(),
            summary=said["summary"],
            note=said["note"],
            case=said["case_number"],
        )

    def _post_clean(self) -> None:
        """The row is written by the service, which has all of it."""


def shown(asked: Conditions) -> dict[str, Any]:
    """Saved conditions, as the fields of the form take them."""
    said = {name: getattr(asked, name) for name in NARROWING}
    return said | {"counts": asked.state}


def prefilled(query: Mapping[str, str]) -> dict[str, Any]:
    """The form filled by an address: `?members=1,2&ideas=3&case=5`."""
    said: dict[str, Any] = {name: query[name] for name in NARROWING if query.get(name)}
    if "boards" in said:
        said["boards"] = [int(word) for word in _words(said["boards"]) if _is_number(word)]
    for name, other in (("case", "case_number"), ("summary", "summary"), ("note", "note")):
        if query.get(name):
            said[other] = query[name]
    return said


class CarryOutForm(forms.Form):
    """`expected`: how many votes the page showed that fit."""

    expected = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)


class AskSecondForm(forms.Form):
    """Nothing but the will to."""


class EndVoidingForm(forms.Form):
    why = LineField(
        label=_("Why?"),
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("In the public log and to each voter, if votes were voided. Name nobody."),
    )
