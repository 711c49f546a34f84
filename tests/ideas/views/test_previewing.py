"""What a decision will look like: the very templates that make it."""

import pytest

from ideas.reach import Reach
from ideas.views.previewing import preview_of

pytestmark = pytest.mark.django_db

NOBODY = Reach(0, 0, 0, None, ())


def test_markdown_is_rendered_and_nothing_else(idea, team_member):
    typed = {"to": "planned", "statement": "**Yes.** <script>alert(1)</script>"}
    seen = preview_of(idea, team_member, typed, NOBODY)
    assert "<strong>Yes.</strong>" in seen["previewed"].statement_html
    assert "<script>" not in seen["previewed"].statement_html
    assert "<script>" not in seen["letters"][0].html


def test_where_nobody_is_told_it_is_shown_in_one_s_own_language(idea, team_member):
    team_member.language = "de"
    [letter] = preview_of(idea, team_member, {"to": "planned"}, NOBODY)["letters"]
    assert "entschieden" in letter.subject


def test_the_one_who_looks_stays_who_they_are(idea, team_member):
    preview_of(idea, team_member, {"to": "planned"}, Reach(2, 2, 0, None, ("de",)))
    assert team_member.language == "en"


def test_an_author_speaks_for_no_team(idea, author, team_member):
    assert preview_of(idea, author, {"to": "open"}, NOBODY)["previewed"].team is None
    assert preview_of(idea, team_member, {"to": "open"}, NOBODY)["previewed"].team is not None
