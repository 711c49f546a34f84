"""What moderators type."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from community.forms import TextField
from community.models import Member, Reply, Topic
from ideas.models import Comment, Idea
from moderation import policies
from moderation.models import Restriction
from moderation.policies import Thing

# A comment or a reply is named at the end of an address, behind the idea or the topic it is on.
_SAID = re.compile(r"(comment|reply|replies)[-/ ]*(\d{1,18})/?\s*$", re.IGNORECASE)
_TOPIC = re.compile(r"topics?[-/ ]*(\d{1,18})(?:/\S*)?\s*$", re.IGNORECASE)
_IDEA = re.compile(r"(?:^|ideas?[-/ ]*)(\d{1,18})(?:/\S*)?\s*$", re.IGNORECASE)


class ReasonField(TextField):
    def __init__(self, **kwargs: Any) -> None:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 5})
        super().__init__(max_length=2000, widget=widget, **kwargs)


class RestrictionForm(forms.ModelForm[Restriction]):
    """A thing named by its address or number, and why it is hidden."""

    moderator: Member

    thing = forms.CharField(
        label=_("What shall be hidden"),
        help_text=_("Its address on this site, or idea-12, comment-34, topic-5 or reply-6."),
        widget=UnfoldAdminTextInputWidget,
    )
    reason = ReasonField(
        label=_("Reason"),
        help_text=_("The author will read this. Say which rule the text breaks, and where."),
    )

    spam = forms.BooleanField(
        label=_("It is spam"),
        help_text=_("Costs its author points as long as it is hidden."),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )

    class Meta:
        model = Restriction
        fields = ("reason", "spam")

    def clean_thing(self) -> Thing:
        thing = _find(self.cleaned_data["thing"])
        if thing is None:
            raise forms.ValidationError(
                _("There is no such idea, comment, topic or reply."), code="unknown"
            )
        verdict = policies.can_restrict(self.moderator, thing)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason), code=verdict.code)
        return thing

    def _post_clean(self) -> None:
        """The row is written by the service, which has all of it."""


def _find(named: str) -> Thing | None:
    if match := _SAID.search(named):
        rows = Comment.objects if match[1].lower() == "comment" else Reply.objects
        return rows.filter(pk=match[2]).first()
    place = named.partition("#")[0].partition("?")[0]
    if match := _TOPIC.search(place):
        return Topic.objects.filter(pk=match[1]).first()
    match = _IDEA.search(place)
    return Idea.objects.filter(pk=match[1]).first() if match else None


class LiftForm(forms.Form):
    reason = ReasonField(
        label=_("Why is it shown again?"), help_text=_("The author will read this.")
    )
