"""A file line by line, as CSV or JSON Lines."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TextIO

DELIMITERS = ",;\t|"
# Long enough for any honest field, so that a giant one is refused as one line.
LONGEST_FIELD = 10_000_000


class Unreadable(Exception):
    """The file as a whole cannot be imported."""


class BadLine(Exception):
    """One line cannot be imported, and why."""


@dataclass(frozen=True)
class Line:
    """`values` by lower-case column; or what is wrong with the line. `number` counts from 1."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """The lines of a file and its columns, which JSON Lines do not announce."""

    lines: Iterator[Line]
    columns: Sequence[str] | None = None


def read_csv(file: TextIO) -> Table:
    """CSV with a line of headings; the delimiter is the one that divides the headings."""
    blank, first = next(((n, line) for n, line in enumerate(file) if line.strip()), (0, ""))
    if not first:
        raise Unreadable("The file is empty.")
    csv.field_size_limit(LONGEST_FIELD)
    # The blank lines go in again, so that the reader numbers lines as an editor does.
    lines = chain(["\n"] * blank, [first], file)
    rows = csv.reader(lines, delimiter=_delimiter(first), strict=True)
    try:
        columns = [_plain(heading) for heading in next(filter(None, rows))]
    except csv.Error as error:
        raise Unreadable(f"The headings cannot be read: {error}.") from error
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise Unreadable(f"Two columns have the same heading: {', '.join(twice)}.")
    return Table(_rows(rows, columns), columns)


def _delimiter(headings: str) -> str:
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([headings], delimiter=sign))))


def _plain(heading: str) -> str:
    return heading.strip().lower()


def _rows(rows: Any, columns: Sequence[str]) -> Iterator[Line]:
    """`rows` is a csv.reader. After an error it goes on with the next line of the file."""
    while True:
        number = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Line(number, problem=_in_words(error, number, rows.line_num))
            continue
        if cells:
            yield _line(number, cells, columns)


def _in_words(error: csv.Error, first: int, last: int) -> str:
    if "unexpected end" in str(error) or "field limit" in str(error):
        return f"a quotation mark is never closed; lines {first} to {last} were skipped"
    return f"this is no CSV: {error}"


def _line(number: int, cells: Sequence[str], columns: Sequence[str]) -> Line:
    if len(cells) != len(columns):
        return Line(number, problem=f"{len(cells)} cells under {len(columns)} headings")
    return Line(number, dict(zip(columns, cells, strict=True)))


def read_jsonl(file: TextIO) -> Table:
    """JSON Lines: an object on each line."""
    numbered = ((number, line) for number, line in enumerate(file, start=1) if line.strip())
    first = next(numbered, None)
    if first is None:
        raise Unreadable("The file is empty.")
    return Table(_objects(chain([first], numbered)))


def _objects(lines: Iterable[tuple[int, str]]) -> Iterator[Line]:
    for number, line in lines:
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            yield Line(number, problem=f"this is no JSON: {error.msg} (column {error.colno})")
        except (ValueError, RecursionError) as error:
            yield Line(number, problem=f"this is no JSON: {error}")
        else:
            yield _object(number, values)


def _object(number: int, values: Any) -> Line:
    if not isinstance(values, dict):
        return Line(number, problem="this is no JSON object")
    return Line(number, {_plain(key): value for key, value in values.items()})


READERS = {"csv": read_csv, "jsonl": read_jsonl}
SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
