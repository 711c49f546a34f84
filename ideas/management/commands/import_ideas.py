from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ideas.importing.entries import FIELDS, Entry, Reading, entry
from ideas.importing.lines import READERS, SUFFIXES, BadLine, Line, Table, Unreadable
from ideas.importing.progress import ImportProgress
from ideas.models import Board
from ideas.services import importing
from ideas.services.importing import Outcome, Result
from ideas.status import Status

BATCH = 200


class Command(BaseCommand):
    help = (
        "Bring ideas along from a file: CSV with headings, or JSON Lines. docs/import.md has the "
        f"rules. Fields: {', '.join(FIELDS)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("file", type=Path)
        add("--board", required=True, metavar="SLUG", help="where the ideas go")
        add("--format", choices=READERS, help="default: by the file's suffix")
        add("--encoding", default="utf-8", help="default: utf-8")
        column = "take a field from this column; repeatable"
        add("--map", action="append", default=[], metavar="FIELD=COLUMN", help=column)
        word = "what a status of the file is called here; repeatable"
        add("--map-status", action="append", default=[], metavar="WORD=STATUS", help=word)
        languages = dict(settings.LANGUAGES)
        unnamed = f"of ideas that name none; default: {settings.LANGUAGE_CODE}"
        add("--language", choices=languages, default=settings.LANGUAGE_CODE, help=unnamed)
        add("--default-author", default="", metavar="NAME", help="of ideas that name none")
        add("--dry-run", action="store_true", help="do everything and keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        board = self._board(options["board"])
        reading = Reading(
            columns=_fields(options["map"]),
            statuses=_statuses(options["map_status"]),
            default_author=options["default_author"],
        )
        read = READERS[_format(options["file"], options["format"])]
        try:
            with _opened(options["file"], options["encoding"]) as file:
                table = read(file)
                self._check_columns(table, reading)
                with _kept(dry_run=options["dry_run"]):
                    counts = self._import(file, table, board, reading, options["language"])
        except (Unreadable, OSError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except UnicodeError as error:
            raise CommandError(f"{options['file']} is not {options['encoding']}.") from error
        self.stdout.write(_summary(counts))

    def _board(self, slug: str) -> Board:
        board = Board.objects.select_related("team").filter(slug=slug).first()
        if board is None:
            known = ", ".join(Board.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no board {slug}. Boards: {known}.")
        return board

    def _check_columns(self, table: Table, reading: Reading) -> None:
        """JSON Lines do not say which columns they have."""
        if table.columns is None:
            return
        there = ", ".join(filter(None, table.columns))
        if lacking := sorted({*reading.columns.values()} - {*table.columns}):
            raise Unreadable(f"There is no column {', '.join(lacking)}. Columns: {there}.")
        used = [reading.columns.get(name, name) for name in FIELDS]
        if used[FIELDS.index("title")] not in table.columns:
            known = ", ".join(FIELDS)
            advice = "--map FIELD=COLUMN takes a field from a column of another name."
            raise Unreadable(
                f"There is no column title. Columns: {there}. Fields: {known}. {advice}"
            )
        if unused := [column for column in table.columns if column not in used]:
            self.stderr.write(f"Columns not used: {', '.join(unused)}.", self.style.NOTICE)

    def _import(
        self, file: TextIO, table: Table, board: Board, reading: Reading, language: str
    ) -> Counter[Result]:
        counts: Counter[Result] = Counter()
        first_lines: dict[str, int] = {}
        with ImportProgress(file, self.stderr) as progress:
            for lines in batched(table.lines, BATCH, strict=False):
                entries, outcomes = _read(lines, reading, first_lines)
                outcomes += importing.import_batch(board=board, entries=entries, language=language)
                counts.update(outcome.result for outcome in outcomes)
                for outcome in sorted(outcomes, key=lambda outcome: outcome.number):
                    if outcome.reason:
                        progress.say(f"line {outcome.number}: {outcome.reason}")
                progress.move(counts.total())
        return counts


def _format(file: Path, named: str | None) -> str:
    found = named or SUFFIXES.get(file.suffix.lower())
    if found is None:
        raise CommandError(f"{file}: name the format by --format csv or --format jsonl.")
    return found


@contextmanager
def _opened(file: Path, encoding: str) -> Iterator[TextIO]:
    with file.open("rb") as raw:
        head = raw.read(4)
    if encoding == "utf-8" and head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("This looks like UTF-16: try --encoding utf-16.")
    encoding = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        # Bytes that are no text become lone surrogates, by which their line is found out.
        text = file.open(encoding=encoding, errors="surrogateescape", newline="")
    except LookupError as error:
        raise CommandError(f"There is no encoding {encoding}.") from error
    with text:
        yield text


@contextmanager
def _kept(*, dry_run: bool) -> Iterator[None]:
    """Batches commit by themselves, so that a killed import goes on where it was."""
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _read(
    lines: Sequence[Line], reading: Reading, first_lines: dict[str, int]
) -> tuple[list[Entry], list[Outcome]]:
    """What can be imported, and what cannot and why. `first_lines` remembers each idea's."""
    entries, outcomes = [], []
    for line in lines:
        try:
            one = entry(line, reading)
            first = first_lines.setdefault(one.key, one.number)
            if first != one.number:
                raise BadLine(f"this is the same idea as in line {first}, by its id, url or title")
            entries.append(one)
        except BadLine as error:
            outcomes.append(Outcome(line.number, Result.REFUSED, str(error)))
    return entries, outcomes


def _fields(mapped: Sequence[str]) -> dict[str, str]:
    """Columns by field."""
    pairs = [_pair("--map", one) for one in mapped]
    _check_known("--map", [field for field, _column in pairs], FIELDS)
    return {field: column.strip().lower() for field, column in pairs}


def _statuses(mapped: Sequence[str]) -> dict[str, str]:
    """Our statuses by the file's words."""
    pairs = [_pair("--map-status", one) for one in mapped]
    _check_known("--map-status", [status for _word, status in pairs], Status.values)
    return {word.strip().lower(): status for word, status in pairs}


def _pair(option: str, mapped: str) -> tuple[str, str]:
    left, _divider, right = mapped.partition("=")
    if not (left and right):
        raise CommandError(f"{option} {mapped}: two names with = between them are wanted.")
    return left, right


def _check_known(option: str, names: Sequence[str], known: Collection[str]) -> None:
    if strange := sorted(set(names) - set(known)):
        raise CommandError(f"{option}: {', '.join(strange)} is none of {', '.join(known)}.")


def _summary(counts: Counter[Result]) -> str:
    parts = [f"{result} {counts[result]}" for result in Result]
    return ", ".join([*parts, f"total {counts.total()}"])
