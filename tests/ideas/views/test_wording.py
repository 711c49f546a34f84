"""Beginning with a template."""

import pytest

from ideas.models import DecisionTemplate
from ideas.views.wording import begun_with, choices, offered

pytestmark = pytest.mark.django_db

TYPED = {"template": "1", "statement": "", "change_our_mind": "", "to": None, "reason": ""}


def template(pk, **words):
    said = {"to_status": "declined", "reason": "legal", "language": "en", "statement": "No."}
    return DecisionTemplate(pk=pk, name=f"Text {pk}", **(said | words))


def test_the_step_and_the_reason_come_with_it(idea):
    words, kept = begun_with(idea, [template(1)], TYPED, replace=False)
    assert not kept
    assert (words["to"], words["reason"], words["statement"]) == ("declined", "legal", "No.")


def test_own_words_about_our_mind_stay(idea):
    typed = TYPED | {"change_our_mind": "Another law."}
    words, _kept = begun_with(idea, [template(1, change_our_mind="A law.")], typed, replace=False)
    assert words["change_our_mind"] == "Another law."


def test_line_ends_of_a_browser_are_no_words_of_one_s_own(idea):
    both = [template(1, statement="So.\n\nWell."), template(2, statement="Else.")]
    typed = TYPED | {"template": "2", "statement": "So.\r\n\r\nWell."}
    assert begun_with(idea, both, typed, replace=False)[0]["statement"] == "Else."


def test_they_are_offered_by_language_and_step(idea, team_member):
    for language, to in (("de", "declined"), ("en", "planned"), ("en", "declined"), ("en", "shipped")):  # fmt: skip # noqa: E501
        DecisionTemplate.objects.create(
            to_status=to, language=language, name=f"{to} {language}", statement="So."
        )
    names = [group for group, _ in choices(idea, offered(idea, team_member))]
    assert names == ["English: Declined", "English: Planned", "German: Declined"]
