"""The words of badges, and their drawings."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from reputation.badges import ALL, SHELVED, Grade

SPRITE = Path(__file__).parents[2] / "static" / "img" / "badges.svg"


def test_there_are_enough_in_three_grades():
    grades = [badge.grade for badge in ALL]
    assert len(ALL) >= 20
    assert all(grades.count(grade) >= 5 for grade in Grade)
    assert [badge.grade for badge in SHELVED] == sorted(grades, key=list(Grade).index)[::-1]


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_is_called_and_explained_in_its_own_words(language):
    with translation.override(language):
        for part in ("name", "what", "how"):
            words = [str(getattr(badge, part)) for badge in ALL]
            assert all(words)
            assert len(set(words)) == len(words)


def test_each_is_drawn_and_none_beside():
    drawn = re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text())
    assert sorted(drawn) == sorted([*Grade.values, *(badge.slug for badge in ALL)])
