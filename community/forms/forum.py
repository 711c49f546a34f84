"""What people type in the forum."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.forms import LineField, TagsField, TextField
from community.models import Space
from community.models.topic import TopicKind
from community.services.topics import MOST_TAGS


class TopicTagsField(TagsField):
    """The tags of a topic."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        too_many = _("Use five tags at the most.")
        super().__init__(*args, most=MOST_TAGS, too_many=too_many, **kwargs)


class TopicForm(forms.Form):
    """A new topic. `kinds` and `spaces` are what its author may choose from."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=TopicKind.choices, widget=forms.RadioSelect
    )
    title = LineField(
        label=_("Title"),
        max_length=200,
        help_text=_("The question or the subject, in one line."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = TextField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 9}))
    space = forms.ModelChoiceField(
        Space.objects.none(), label=_("Space"), empty_label=_("Choose a space")
    )
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)
    tags = TopicTagsField(
        label=_("Tags"), required=False, help_text=_("Up to five, with commas between them.")
    )

    def __init__(self, *args: Any, spaces: Sequence[Space], announces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        space, kind = self.fields["space"], self.fields["kind"]
        assert isinstance(space, forms.ModelChoiceField)
        space.queryset = Space.objects.filter(pk__in=[each.pk for each in spaces]).in_order()
        if not announces:
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = [
                (each.value, each.label) for each in TopicKind if each != TopicKind.ANNOUNCEMENT
            ]


class TopicEditForm(forms.Form):
    """A topic keeps its space, its kind and its language."""

    title = LineField(label=_("Title"), max_length=200)
    body = TextField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 9}))
    tags = TopicTagsField(
        label=_("Tags"), required=False, help_text=_("Up to five, with commas between them.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReplyForm(forms.Form):
    body = TextField(
        label=_("Your reply"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReplyEditForm(forms.Form):
    body = TextField(
        label=_("Your reply"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class TopicFilterForm(forms.Form):
    """What a list of topics can be asked for, as it stands in its address."""

    order = forms.CharField(required=False, widget=forms.HiddenInput)
    q = LineField(required=False, max_length=200)
    kind = forms.ChoiceField(
        required=False, label=_("Kind"), choices=[("", _("Every kind")), *TopicKind.choices]
    )
    tag = forms.CharField(required=False, max_length=100, label=_("Tag"))
    author = forms.CharField(required=False, max_length=31, label=_("Author's handle"))
