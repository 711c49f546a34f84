import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from community import text


@given(st.text(alphabet=st.characters(), max_size=200))
def test_clean_text_can_be_kept_and_stays_as_it_is(words):
    cleaned = text.clean(words)
    assert text.clean(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


def test_lone_surrogates_and_controls_go_and_lines_end_plainly():
    assert text.clean(" a\ud800b\x00c\x1b[1m\r\nd\u2028e\u202e ") == "abc[1m\nd\ne"


def test_joined_emoji_and_right_to_left_text_stay():
    assert text.clean("👩\u200d🔧 שלום") == "👩\u200d🔧 שלום"


def test_one_line():
    assert text.one_line(" a\n\tb  c ") == "a b c"


def test_what_shows_nothing():
    assert not text.is_visible("\u200b \u2060\u00ad\u3164"[:3])
    assert text.is_visible("\u200bx")


def test_cut_ends_after_a_word():
    assert text.cut("one two three", 9) == "one two…"
    assert text.cut("one two", 7) == "one two"
    assert text.cut("one two, three", 10) == "one two…"
    assert text.cut("abcdefghijkl", 5) == "abcd…"


@given(st.text(max_size=80), st.integers(min_value=1, max_value=60))
def test_cut_keeps_within_the_length(words, length):
    assert len(text.cut(words, length)) <= max(length, 0)
