"""What a line says of an idea, in our own terms."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from community import text
from ideas.importing.dates import moment
from ideas.importing.lines import BadLine, Line
from ideas.status import Status

# What a file can say, in the words of docs/import.md.
FIELDS = (
    "title", "body", "author", "created", "status", "decided", "statement", "supporters", "tags",
    "language", "url", "external_id",
)  # fmt: skip
LONGEST = {"title": 200, "body": 20_000, "statement": 5000, "external_id": 200, "url": 500}
LONGEST_NAME = 80
LONGEST_TAG = 40
MOST_TAGS = 5
MOST_SUPPORTERS = 2_147_483_647
_is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How to read a file: its columns by our fields, our statuses by its own, and whose the ideas
    without an author are."""

    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    default_author: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An idea as a file has it. What it leaves out is empty and stays as it is on the site."""

    number: int
    key: str
    title: str
    body: str
    author: str
    co_authors: tuple[str, ...]
    created: datetime | None
    status: str
    decided: datetime | None
    statement: str
    supporters: tuple[str, ...]
    earlier_supporters: int | None
    tags: tuple[str, ...]
    language: str
    url: str


def entry(line: Line, reading: Reading) -> Entry:
    """Read a line. Raises BadLine with the reason, in which the field is named first."""
    if line.problem:
        raise BadLine(line.problem)
    said = {name: _said(line, name, reading) for name in FIELDS}
    title, url = _title(said), _url(said)
    author, *others = _authors(said, reading)
    status = _status(said, reading)
    names, number = _supporters(said, status)
    return Entry(
        number=line.number,
        key=_key(_short(said, "external_id"), url, title),
        title=title,
        body=_long(said, "body"),
        author=author,
        co_authors=tuple(others),
        created=_moment(said, "created"),
        status=status,
        decided=_moment(said, "decided"),
        statement=_statement(said, status),
        supporters=names,
        earlier_supporters=number,
        tags=_tags(said),
        language=_language(said),
        url=url,
    )


Said = Mapping[str, Any]


def _said(line: Line, name: str, reading: Reading) -> str | list[str]:
    """The cell of a field as a text, or as a list of texts where JSON has one."""
    value = line.values.get(reading.columns.get(name, name))
    parts = [_text(name, part) for part in (value if isinstance(value, list) else [value])]
    return [part for part in parts if part] if isinstance(value, list) else parts[0]


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadLine(f"{name}: this is no text")
    words = str(value)
    if "\x00" in words:
        raise BadLine(f"{name}: holds a NUL character")
    if any("\ud800" <= sign <= "\udfff" for sign in words):
        raise BadLine(f"{name}: holds bytes that are no text; is the file in another encoding?")
    return words


def _short(said: Said, name: str) -> str:
    """One line of text."""
    return _checked(name, text.one_line(_single(said, name)))


def _long(said: Said, name: str) -> str:
    return _checked(name, text.clean(_single(said, name)))


def _single(said: Said, name: str) -> str:
    if isinstance(said[name], list):
        raise BadLine(f"{name}: one text is wanted, not a list")
    return str(said[name])


def _checked(name: str, value: str) -> str:
    longest = LONGEST.get(name)
    if longest and len(value) > longest:
        raise BadLine(f"{name}: {len(value)} characters, {longest} at the most")
    return value


def _list(said: Said, name: str, divider: str) -> tuple[str, ...]:
    value = said[name]
    parts = value if isinstance(value, list) else re.split(divider, value)
    return tuple(dict.fromkeys(part for part in map(text.one_line, parts) if text.is_visible(part)))


def _title(said: Said) -> str:
    title = _short(said, "title")
    if not text.is_visible(title):
        raise BadLine("title: is missing")
    return title


def _authors(said: Said, reading: Reading) -> tuple[str, ...]:
    names = _list(said, "author", ";") or _list({"author": reading.default_author}, "author", ";")
    if not names:
        raise BadLine("author: is missing; --default-author can name one")
    _name("author", names[0])
    return names


def _name(name: str, value: str) -> str:
    if len(value) > LONGEST_NAME:
        raise BadLine(f"{name}: a name has {LONGEST_NAME} characters at the most")
    return value


def _moment(said: Said, name: str) -> datetime | None:
    written = _short(said, name)
    try:
        return moment(written) if written else None
    except ValueError as error:
        raise BadLine(f"{name}: {error}") from error


def _status(said: Said, reading: Reading) -> str:
    """One of ours, or empty when the line has none."""
    written = _short(said, "status").lower()
    status = reading.statuses.get(written) or re.sub(r"[\s-]+", "_", written)
    if status and status not in Status.values:
        known = ", ".join(Status.values)
        raise BadLine(f"status: {written} is none of {known}; --map-status can translate it")
    return status


def _statement(said: Said, status: str) -> str:
    statement = _long(said, "statement")
    if statement and status == Status.DRAFT:
        raise BadLine("statement: nobody answers a draft")
    return statement


def _supporters(said: Said, status: str) -> tuple[tuple[str, ...], int | None]:
    """Their names, or their number."""
    names = _list(said, "supporters", ";")
    if names and status == Status.DRAFT:
        raise BadLine("supporters: nobody supports a draft")
    if len(names) != 1 or not re.fullmatch(r"\d+", names[0], re.ASCII):
        return tuple(_name("supporters", name) for name in names), None
    number = int(names[0]) if len(names[0]) < 12 else MOST_SUPPORTERS + 1
    if number > MOST_SUPPORTERS:
        raise BadLine("supporters: more than there are people")
    return (), number


def _tags(said: Said) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag.lower() for tag in _list(said, "tags", "[,;]")))
    if len(tags) > MOST_TAGS:
        raise BadLine(f"tags: {len(tags)} of them, {MOST_TAGS} at the most")
    if any(len(tag) > LONGEST_TAG for tag in tags):
        raise BadLine(f"tags: a tag has {LONGEST_TAG} characters at the most")
    return tags


def _language(said: Said) -> str:
    written = _short(said, "language").lower()
    language = re.split("[-_]", written)[0]
    known = dict(settings.LANGUAGES)
    if written and language not in known:
        raise BadLine(f"language: {written} is none of {', '.join(known)}")
    return language


def _url(said: Said) -> str:
    url = _short(said, "url")
    if url:
        try:
            _is_address(url)
        except ValidationError as error:
            raise BadLine(f"url: {text.cut(url, 80)} is no http or https address") from error
    return url


def _key(external_id: str, url: str, title: str) -> str:
    """What makes it the same idea at the next import: its id, else its address, else its title."""
    if external_id:
        return external_id
    if url:
        parts = urlsplit(url)
        plain = parts._replace(netloc=parts.netloc.lower()).geturl().rstrip("/")
        return plain if len(plain) <= LONGEST["external_id"] else f"url:{_digest(plain)}"
    return f"title:{_digest(' '.join(re.findall(r'\w+', title.casefold())) or title)}"


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:40]
