import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import handles
from community.models.member import HANDLE


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Jürgen Groß", "juergen_gross"),
        ("Marek Dvořák", "marek_dvorak"),
        ("Emre Yıldız", "emre_yildiz"),
        ("Siobhán Kelly-O’Brien", "siobhan_kelly_obrien"),
        ("李小龙", ""),
        ("x" * 50, "x" * 30),
    ],
)
def test_names_become_plain(name, handle):
    assert handles.plain(name) == handle


def test_what_has_no_letters_goes_by_the_address_and_then_by_a_number():
    assert list(islice(handles.candidates("李小龙", "bruce@example.org"), 2)) == ["bruce", "bruce2"]
    assert next(handles.candidates("李", "b@example.org")) == "member"


def test_nobody_gets_a_name_that_speaks_for_the_site():
    assert next(handles.candidates("Admin", "admin@example.org")) == "member"


@given(st.text(max_size=40), st.emails())
def test_every_candidate_is_a_handle(name, email):
    for handle in islice(handles.candidates(name, email), 12):
        assert re.fullmatch(HANDLE.strip("^$"), handle)
