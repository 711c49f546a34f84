"""The templates that a decision on an idea may begin with, and beginning with one."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from community.models import Member
from ideas import policies
from ideas.models import DecisionTemplate, Idea

WORDS = ("statement", "change_our_mind")


def offered(idea: Idea, member: Member) -> list[DecisionTemplate]:
    """Those of the steps that somebody may take, the idea's language first."""
    steps = [step.target for step in policies.steps_for(member, idea)]
    found = DecisionTemplate.objects.filter(to_status__in=steps)
    return sorted(
        found,
        key=lambda each: (
            each.language != idea.language,
            each.language,
            steps.index(each.to_status),  # type: ignore[arg-type]  # a status is its value
            each.reason,
            each.name,
        ),
    )


def choices(idea: Idea, templates: Sequence[DecisionTemplate]) -> list[Any]:
    """For a select: by language and step."""
    return [
        (f"{language}: {step}", [(str(each.pk), each.name) for each in group])
        for (language, step), group in groupby(
            templates, lambda each: (each.get_language_display(), each.get_to_status_display())
        )
    ]


def begun_with(
    idea: Idea,
    templates: Sequence[DecisionTemplate],
    typed: dict[str, Any],
    *,
    replace: bool,
) -> tuple[dict[str, Any], bool]:
    """What was typed, with the words of the chosen template; and whether words of one's own kept
    it away. It goes where nothing stands, or another template as it was, or where asked to."""
    chosen = next((each for each in templates if str(each.pk) == typed["template"]), None)
    if chosen is None:
        return typed, False
    untouched = {name: {each.words_for(idea)[name] for each in templates} for name in WORDS}
    if not replace and _is_own(typed["statement"], untouched["statement"]):
        return typed, True
    words = chosen.words_for(idea)
    if not replace and _is_own(typed["change_our_mind"], untouched["change_our_mind"]):
        del words["change_our_mind"]
    return typed | words | {"to": chosen.to_status, "reason": chosen.reason}, False


def _is_own(words: str | None, untouched: Collection[str]) -> bool:
    said = (words or "").replace("\r\n", "\n").strip()
    return bool(said) and said not in untouched
