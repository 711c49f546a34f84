"""The filters of lists, as they stand in their addresses."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import LineField
from ideas.models import Board
from ideas.status import Status


class FilterForm(forms.Form):
    """The filters of a list, as they stand in its address."""

    order = forms.CharField(required=False, widget=forms.HiddenInput)
    q = LineField(required=False, max_length=200)
    board = forms.ChoiceField(required=False, label=_("Board"))
    status = forms.ChoiceField(
        required=False,
        label=_("Status"),
        choices=[
            ("", _("Every status")),
            *((s.value, s.label) for s in Status if s != Status.DRAFT),
        ],
    )
    tag = forms.CharField(required=False, max_length=100, label=_("Tag"))
    author = forms.CharField(required=False, max_length=31, label=_("Author's handle"))
    since = forms.DateField(
        required=False, label=_("Posted since"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label=_("Posted until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, boards: Iterable[Board], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = self.fields["board"]
        assert isinstance(board, forms.ChoiceField)
        # Looked up only where the field is checked or shown.
        board.choices = lambda: [("", _("All boards")), *((b.slug, b.name) for b in boards)]


class RecordFilterForm(forms.Form):
    """The filters of roadmap and changelog, as they stand in the address."""

    board = forms.ChoiceField(required=False, label=_("Board"))
    tag = forms.CharField(required=False, max_length=100, label=_("Tag"))

    def __init__(self, *args: Any, boards: Iterable[Board], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = self.fields["board"]
        assert isinstance(board, forms.ChoiceField)
        # Looked up only where the field is checked or shown.
        board.choices = lambda: [("", _("All boards")), *((b.slug, b.name) for b in boards)]
