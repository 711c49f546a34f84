"""Merging, and what authors say to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import LineField, TextField


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
