"""What a team types in its workspace."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.forms import LineField, TextField
from community.models import Member, Team
from ideas.forms.deciding import DecisionForm
from ideas.forms.writing import TagsField
from ideas.lanes import LANES, Person
from ideas.models import Board, Idea
from ideas.models.review import LONGEST_QUERY, SCORES
from ideas.services.reviewing import Scores
from ideas.status import STEPS, Status

RARE = ("tag", "supporters", "since", "until")
POSTED = [(s.value, s.label) for s in Status if s != Status.DRAFT]


class QueueForm(forms.Form):
    """The filters of the queue, as they stand in its address."""

    lane = forms.ChoiceField(
        required=False,
        choices=[(lane.code, lane.label) for lane in LANES.values()],
        widget=forms.HiddenInput,
    )
    q = LineField(required=False, max_length=200, label=_("Words"))
    board = forms.ChoiceField(required=False, label=_("Board"))
    status = forms.ChoiceField(
        required=False, label=_("Status"), choices=[("", _("Every status")), *POSTED]
    )
    assignee = forms.ChoiceField(required=False, label=_("Assigned to"))
    tag = forms.CharField(required=False, max_length=100, label=_("Tag"))
    supporters = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, label=_("Supporters at least")
    )
    since = forms.DateField(
        required=False, label=_("Posted since"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label=_("Posted until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self, *args: Any, boards: Iterable[Board], people: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = {person.member.handle: person.member.display_name for person in people}
        boarded = [("", _("All boards")), *((b.slug, b.name) for b in boards)]
        someone = [("", _("Everybody")), ("me", _("Me")), ("none", _("Nobody")), *names.items()]
        _choose(self.fields["board"], boarded)
        _choose(self.fields["assignee"], someone)

    @property
    def often(self) -> list[forms.BoundField]:
        """The filters that are always in sight."""
        return [self[name] for name in ("board", "status", "assignee")]

    @property
    def rarely(self) -> list[forms.BoundField]:
        """The filters that wait behind a fold, open when one of them is used."""
        return [self[name] for name in RARE]

    @property
    def uses_rare(self) -> bool:
        return bool(self.understood.keys() & set(RARE))

    @property
    def understood(self) -> dict[str, Any]:
        """What makes sense of the address; the rest is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def again(self, **changes: str) -> str:
        """The address's query again, with what made sense of it and nothing else."""
        told = {name: self.data.get(name) for name in self.understood} | changes
        return urlencode({name: value for name, value in told.items() if value})[:LONGEST_QUERY]


def _choose(field: forms.Field, choices: Sequence[tuple[Any, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _score(label: Any, lowest: Any, middle: Any, highest: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", pgettext_lazy("a score", "Not scored")),
            (1, lowest),
            (2, "2"),
            (3, middle),
            (4, "4"),
            (5, highest),
        ],
    )


class ScoresForm(forms.Form):
    """Four scores, each with words for its ends and its middle."""

    impact = _score(
        pgettext_lazy("a score", "Impact"),
        _("1: few would notice"),
        _("3: many would be glad"),
        _("5: it decides who stays"),
    )
    confidence = _score(
        pgettext_lazy("a score", "Confidence"),
        _("1: a guess"),
        _("3: some evidence"),
        _("5: measured or tried"),
    )
    fit = _score(
        pgettext_lazy("a score", "Fit"),
        _("1: beside our aims"),
        _("3: along our way"),
        _("5: this year's aim"),
    )
    effort = _score(
        pgettext_lazy("a score", "Effort"),
        _("1: days"),
        _("3: a month or two"),
        _("5: a year or more"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def scores(self) -> Scores:
        return Scores(**{name: self.cleaned_data[name] for name in SCORES})


class AssignForm(forms.Form):
    """Who looks after an idea: one list of teams and their people, each with what they have."""

    who = forms.ChoiceField(required=False, label=_("Assigned to"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, teams: Sequence[Team], people: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.slug: team for team in teams}
        self.people = {f"{p.team_id}:{p.member.handle}": p.member for p in people}
        _choose(self.fields["who"], [("", _("Nobody")), *_grouped(teams, people)])

    @property
    def team(self) -> Team | None:
        return self.teams.get(self.cleaned_data["who"].partition(":")[0])

    @property
    def assignee(self) -> Member | None:
        slug, _colon, handle = self.cleaned_data["who"].partition(":")
        return self.people.get(f"{self.teams[slug].pk}:{handle}") if handle else None


def _grouped(teams: Sequence[Team], people: Sequence[Person]) -> list[tuple[Any, Any]]:
    groups = []
    for team in teams:
        own = [
            (f"{team.slug}:{p.member.handle}", f"{p.member.display_name} ({p.load})")
            for p in people
            if p.team_id == team.pk
        ]
        anybody = (f"{team.slug}:", _("Somebody of %(team)s") % {"team": team.name})
        groups.append((team.name, [anybody, *own]))
    return groups


class BulkAssignForm(AssignForm):
    """Many at once are told who they belong to, whatever they were before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]


class NoteForm(forms.Form):
    body = TextField(label=_("Note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewTagsForm(forms.Form):
    """`before` is what stood in the field, so that only the difference is written."""

    tags = TagsField(
        label=_("Tags"), required=False, help_text=_("Up to five, with commas between them.")
    )
    before = TagsField(required=False, widget=forms.HiddenInput)


class ViewForm(forms.Form):
    """A view to keep; `team` shares it."""

    name = LineField(label=_("Name"), max_length=60)
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Shared with"), required=False, empty_label=_("Nobody")
    )
    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)
        team.queryset = Team.objects.filter(memberships__member=member)


class BulkTagForm(forms.Form):
    tags = TagsField(label=_("Tags to add"), help_text=_("With commas between them."))


class BulkAskForm(forms.Form):
    statement = TextField(
        label=_("What do you ask the authors?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Public, and the same words on each."),
    )


class BulkMergeForm(forms.Form):
    """Which of the chosen ideas stands for the others, and why."""

    into = forms.TypedChoiceField(
        label=_("The idea that stays"), coerce=int, widget=forms.RadioSelect
    )
    note = LineField(
        label=_("Why are they the same?"),
        max_length=500,
        help_text=_("Public, and told to the authors."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, chosen: Sequence[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.TypedChoiceField)
        into.choices = [(idea.pk, idea.title) for idea in chosen]


class BulkDecisionForm(DecisionForm):
    """One step and one set of words for many ideas; what the step needs is asked of each, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        del self.fields["seen"]
        _choose(self.fields["to"], POSTED)

    def clean(self) -> dict[str, Any]:
        data = forms.Form.clean(self) or {}
        ways = [step for step in STEPS if step.target == data.get("to")]
        # Of ways that need different things, the easiest: what others miss they are refused for.
        missing = min((self.grounds().missing(step) for step in ways), key=len, default=[])
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _("This step needs it."))
        return data
