"""Ideas and comments."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from community import forms as of_community
from community.forms import LineField, TextField
from ideas.models import Board
from ideas.models.comment import CommentKind
from ideas.services.writing import MOST_TAGS


class TagsField(of_community.TagsField):
    """The tags of an idea."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        too_many = _("Use five tags at the most.")
        super().__init__(*args, most=MOST_TAGS, too_many=too_many, **kwargs)


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
        label=_("Tags"),
        required=False,
        help_text=_("Up to five, with commas between them."),
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
