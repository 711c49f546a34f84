"""Rows as CSV and JSON, made while they are read, and safe to open in a spreadsheet."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

# What makes a spreadsheet take a text for a formula, or for the start of another cell.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Spreadsheets read UTF-8 as UTF-8 when it begins with this.
BYTE_ORDER_MARK = "\ufeff"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def plain(value: Any) -> Any:
    """A value as JSON knows it: moments and days as ISO 8601, anything unknown as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | list | tuple | dict):
        return value
    return str(value)


def safe(value: Any) -> str:
    """A cell of CSV. A text that a spreadsheet would compute gets an apostrophe before it.

    That is OWASP's advice on CSV injection; numbers are left alone. Lists are joined by commas.
    """
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = text.replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180): a byte order mark, the columns' names, the rows."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([safe(row[name]) for name in columns])


def json_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON array, an object a line, with just these columns."""
    lead = "[\n"
    for row in rows:
        yield lead + json.dumps({name: plain(row[name]) for name in columns}, ensure_ascii=False)
        lead = ",\n"
    yield "[]\n" if lead == "[\n" else "\n]\n"
