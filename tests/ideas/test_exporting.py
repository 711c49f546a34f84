"""Exports: whole, plain, and harmless in a spreadsheet."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest

from ideas.exporting import BYTE_ORDER_MARK, csv_lines, json_lines, safe

ROWS = [
    {"id": 1, "title": 'A lamp, "bright"\nand warm', "tags": ["light", "garage"], "due": None},
    {"id": 2, "title": "=HYPERLINK(1)", "tags": [], "due": date(2026, 3, 4)},
]
COLUMNS = ["id", "title", "tags", "due"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "  ="])
def test_a_text_that_would_be_computed_is_told_to_be_a_text(start):
    assert safe(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Charge at night", "Charge at night"),
        (-3, "-3"),
        (2.5, "2.5"),
        (None, ""),
        (True, "True"),
        (["a", "b"], "a, b"),
        (["=a"], "'=a"),
        ("a\x00b", "ab"),
        (datetime(2026, 3, 4, 12, tzinfo=UTC), "2026-03-04T12:00:00+00:00"),
    ],
)
def test_other_values_stay_what_they_are(value, cell):
    assert safe(value) == cell


def test_csv_reads_back_as_it_was():
    text = "".join(csv_lines(COLUMNS, ROWS))
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert rows == [
        {"id": "1", "title": ROWS[0]["title"], "tags": "light, garage", "due": ""},
        {"id": "2", "title": "'=HYPERLINK(1)", "tags": "", "due": "2026-03-04"},
    ]


def test_json_reads_back_as_it_was():
    text = "".join(json_lines(COLUMNS, ROWS))
    assert json.loads(text) == [ROWS[0], ROWS[1] | {"due": "2026-03-04"}]


def test_only_the_named_columns_are_in_it():
    assert json.loads("".join(json_lines(["id"], ROWS))) == [{"id": 1}, {"id": 2}]
    assert "".join(csv_lines(["id"], ROWS)).splitlines()[1:] == ["1", "2"]


def test_nothing_is_an_empty_list():
    assert json.loads("".join(json_lines(COLUMNS, []))) == []
    assert "".join(csv_lines(["id"], [])) == BYTE_ORDER_MARK + "id\r\n"


def test_rows_are_made_while_they_are_read():
    def endless():
        number = 0
        while True:
            number += 1
            yield {"id": number}

    lines = csv_lines(["id"], endless())
    assert [next(lines) for _ in range(3)][1:] == ["1\r\n", "2\r\n"]
