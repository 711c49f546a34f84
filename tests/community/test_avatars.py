from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import avatars, text


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mara Lindqvist", "ML"),
        ("Noor van den Berg", "NB"),
        ("mara", "M"),
        ("Öz Ünal", "ÖÜ"),
        ("\u200b", "?"),
    ],
)
def test_initials(name, letters):
    assert avatars.initials(name) == letters


def test_a_member_keeps_the_colour_and_members_differ():
    assert avatars.drawn("mara", "Mara") == avatars.drawn("mara", "Mara")
    grounds = {avatars.drawn(f"member_{n}", "M") for n in range(50)}
    assert len(grounds) > 4


@given(st.text(max_size=60).map(text.one_line))
def test_any_name_gives_a_drawing_without_style_or_script(name):
    svg = avatars.drawn("mara", name)
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert tags == {"svg", "rect", "text"}
    assert "style=" not in svg.replace("&", "")
