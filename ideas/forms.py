"""What people type about ideas."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags

from community import text
from community.forms import LineField, TextField
from ideas.models import Board, Idea
from ideas.models.comment import CommentKind
from ideas.services.composing import Composed
from ideas.services.steps import Grounds
from ideas.services.writing import LONGEST_TAG, MOST_TAGS
from ideas.status import CostBand, Reason, Status, Step, find


class TagsField(forms.CharField):
    """Tags between commas, each on one line, none twice."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        typed = parse_tags(text.one_line(str(value or "")))
        return list(dict.fromkeys(tag.lower() for tag in typed if text.is_visible(tag)))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_TAGS:
            raise forms.ValidationError(_("Use five tags at the most."), code="too_many")
        if any(len(tag) > LONGEST_TAG for tag in value):
            raise forms.ValidationError(_("A tag has 40 letters at the most."), code="too_long")

    def run_validators(self, value: Any) -> None:
        """A list has no length in letters."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ", ".join(value or [])


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


class WithdrawalForm(forms.Form):
    reason = TextField(
        label=_("Why will it not be kept?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody can read this: on the idea, on the board and on the record."),
    )


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


class RecordFilterForm(forms.Form):
    """The filters of roadmap and changelog, as they stand in the address."""

    board = forms.ChoiceField(required=False, label=_("Board"))
    tag = forms.CharField(required=False, max_length=100, label=_("Tag"))

    def __init__(self, *args: Any, boards: Iterable[Board], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = self.fields["board"]
        assert isinstance(board, forms.ChoiceField)
        board.choices = [("", _("All boards")), *((b.slug, b.name) for b in boards)]


class MergeForm(forms.Form):
    """Why two ideas are the same; `into` is the one that stays."""

    into = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    note = LineField(
        label=_("Why are they the same?"),
        max_length=500,
        help_text=_("Public, and told to the author."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class UndoForm(forms.Form):
    note = LineField(
        label=_("Why do they differ?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ObjectionForm(forms.Form):
    objection = TextField(
        label=_("What makes your idea another one?"),
        max_length=2000,
        help_text=_("Public. The team answers it, or undoes the merge."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplyForm(forms.Form):
    reply = TextField(
        label=_("Your reply to the objection"),
        max_length=2000,
        help_text=_("Public. If the objection convinces you, undo the merge instead."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
