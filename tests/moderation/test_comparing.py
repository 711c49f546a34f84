import pytest

from moderation.comparing import Fate, compare
from moderation.models import Clause


def clause(key, text="No lamps.", title="Lamps"):
    return Clause(key=key, title_en=title, text_en=text, title_de="L", text_de="L")


def fates(before, after):
    return [(each.key, each.fate) for each in compare(before, after)]


def test_clauses_are_matched_by_their_keys_wherever_they_stand():
    before = [clause("spam"), clause("hate")]
    after = [clause("hate"), clause("spam", "No lamps at all.")]
    assert fates(before, after) == [("hate", Fate.SAME), ("spam", Fate.CHANGED)]


def test_what_is_new_and_what_is_gone_is_named():
    assert fates([clause("old")], [clause("new")]) == [("new", Fate.NEW), ("old", Fate.GONE)]


@pytest.mark.parametrize(("title", "text"), [("Lamps!", "No lamps."), ("Lamps", "Lamps.")])
def test_a_title_alone_or_a_text_alone_is_a_change(title, text):
    assert fates([clause("spam")], [clause("spam", text, title)]) == [("spam", Fate.CHANGED)]


def test_what_went_and_what_came_is_marked():
    (compared,) = compare([clause("spam")], [clause("spam", "No <b>lamps.")])
    assert compared.text == "No <del>lamps.</del><ins>&lt;b&gt;lamps.</ins>"


def test_the_first_version_is_all_new():
    assert fates([], [clause("spam")]) == [("spam", Fate.NEW)]
