"""What people type about ideas."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from community.forms import LineField, TextField
from community.forms.forum import TagsField
from ideas.models import Board, Idea
from ideas.models.comment import CommentKind
from ideas.services.steps import Grounds
from ideas.status import CostBand, Reason, Status, Step, find


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Any number of files; whether they are pictures is found out when they are re-encoded."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [file for file in (super(PicturesField, self).clean(one) for one in files) if file]


class IdeaForm(forms.Form):
    title = LineField(
        label=_("Title"),
        max_length=200,
        help_text=_("What should change, in one line."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = TextField(
        label=_("Description"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    board = forms.ModelChoiceField(
        Board.objects.none(), label=_("Board"), empty_label=_("Choose a board")
    )
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)
    tags = TagsField(
        label=_("Tags"), required=False, help_text=_("Up to five, with commas between them.")
    )
    images = PicturesField(
        label=_("Add pictures"),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boards = self.fields["board"]
        assert isinstance(boards, forms.ModelChoiceField)
        boards.queryset = Board.objects.filter(accepts_ideas=True)


class RevisionForm(IdeaForm):
    """A posted idea keeps its board and its language."""

    note = LineField(
        label=_("What did you change?"),
        max_length=200,
        required=False,
        help_text=_("Shown beside the version."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["board"], self.fields["language"]


class CommentForm(forms.Form):
    body = TextField(
        label=_("Your comment"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(
        label=_("What kind of comment is it?"),
        choices=CommentKind.choices,
        initial=CommentKind.COMMENT,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or CommentKind.COMMENT


class CommentEditForm(forms.Form):
    body = TextField(
        label=_("Your comment"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """All that any step may need; which fields must be filled, the step says."""

    to = forms.ChoiceField(label=_("Step"), widget=forms.RadioSelect)
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
        board.choices = [("", _("All boards")), *((b.slug, b.name) for b in boards)]
