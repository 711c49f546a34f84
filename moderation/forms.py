"""What members and moderators type."""

import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from community import markdown
from community.forms import TextField
from community.models import Member, Reply, Topic
from ideas.models import Comment, Idea
from moderation import policies
from moderation.grounds import Action
from moderation.models import Clause, ComplaintOutcome, Restriction
from moderation.policies import Thing

# A comment or a reply is named at the end of an address, behind the idea or the topic it is on.
_SAID = re.compile(r"(comment|reply|replies)[-/ ]*(\d{1,18})/?\s*$", re.IGNORECASE)
_TOPIC = re.compile(r"topics?[-/ ]*(\d{1,18})(?:/\S*)?\s*$", re.IGNORECASE)
_IDEA = re.compile(r"(?:^|ideas?[-/ ]*)(\d{1,18})(?:/\S*)?\s*$", re.IGNORECASE)


# What fits into a choice.
CLAUSE_WORDS = 220


def _clauses(**options: Any) -> forms.ModelChoiceField[Clause]:
    """A choice among rules; `_ask` says among which."""
    return forms.ModelChoiceField(queryset=Clause.objects.none(), **options)


def _ask(form: forms.BaseForm) -> None:
    """Among those that hold now, and not when the process began."""
    field = form.fields["clause"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Clause.objects.in_force()


class ReportForm(forms.Form):
    """Which rule is broken, and what else there is to say."""

    clause = _clauses(label=_("What is wrong with it?"), widget=forms.RadioSelect, empty_label=None)
    note = TextField(
        label=_("What should the moderators know?"),
        help_text=_("They read it, and nobody else."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self)
        self.fields["clause"].label_from_instance = _in_words  # type: ignore[attr-defined]


def _in_words(clause: Clause) -> SafeString:
    return format_html(
        '<b>{}</b> <span class="soft small">{}</span>',
        clause.title,
        markdown.plain(clause.text, CLAUSE_WORDS),
    )


class ComplaintForm(forms.Form):
    """What is wrong with a decision."""

    words = TextField(
        label=_("What is wrong with the decision?"),
        help_text=_("A moderator who has not decided about this before reads it and answers."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


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

    clause = _clauses(
        label=_("Clause"),
        help_text=_("Which of the house rules it breaks. The author reads it."),
        widget=UnfoldAdminSelectWidget,
        required=False,
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self)
        # A site that has not published rules yet has none to name.
        self.fields["clause"].required = Clause.objects.in_force().exists()

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


class DecisionForm(forms.Form):
    """What a moderator makes of a case. The service says what must be there for which action."""

    action = forms.ChoiceField(
        label=_("What is done"), choices=Action.choices, widget=forms.RadioSelect
    )
    clause = _clauses(label=_("Clause"), required=False, widget=UnfoldAdminSelectWidget)
    facts = TextField(
        label=_("Facts"),
        help_text=_("What it says, and where. The author reads it."),
        max_length=5000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )
    explanation = TextField(
        label=_("Why it falls under it"),
        help_text=_("If the facts alone do not say it."),
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )
    legal_ground = forms.CharField(
        label=_("Law"),
        help_text=_("Only for what is against the law: the paragraph."),
        max_length=500,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
    spam = forms.BooleanField(
        label=_("It is spam"),
        help_text=_("Costs its author points as long as it is hidden."),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self)


class AnswerForm(forms.Form):
    """What another moderator makes of a complaint."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=ComplaintOutcome.choices, widget=forms.RadioSelect
    )
    answer = ReasonField(label=_("Answer"), help_text=_("Whoever complained reads it."))


class LiftForm(forms.Form):
    reason = ReasonField(
        label=_("Why is it shown again?"), help_text=_("The author will read this.")
    )
