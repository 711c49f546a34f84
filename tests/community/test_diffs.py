"""What went and what came, word by word, as safe HTML."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import diffs
from community.diffs import diff

texts = st.text(alphabet=st.sampled_from("ab <>&'\n"), max_size=60)


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("same", "same", "same"),
        ("a warm lamp", "a cold lamp", "a <del>warm</del><ins>cold</ins> lamp"),
        ("a lamp", "a big lamp", "a <ins>big </ins>lamp"),
        ("a big lamp", "a lamp", "a <del>big </del>lamp"),
        ("", "new", "<ins>new</ins>"),
        ("old", "", "<del>old</del>"),
        ("", "", ""),
    ],
)
def test_words_that_went_and_came(before, after, html):
    assert diff(before, after) == html


def test_what_people_typed_is_escaped():
    assert diff("<b>x</b>", "<script>y</script>") == (
        "<del>&lt;b&gt;x&lt;/b&gt;</del><ins>&lt;script&gt;y&lt;/script&gt;</ins>"
    )


def without(html, tag):
    return unescape(
        re.sub(r"</?(ins|del)>", "", re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.S))
    )


@given(texts, texts)
def test_both_texts_can_be_read_from_it(before, after):
    html = diff(before, after)
    assert without(html, "ins") == before
    assert without(html, "del") == after


def test_long_texts_are_compared_by_lines():
    before = "\n".join(f"line {n} of many" for n in range(diffs.MOST_PIECES))
    after = before.replace("line 7 of", "line 8 of")
    html = diff(before, after)
    assert "<del>line 7 of many\n</del><ins>line 8 of many\n</ins>" in html
