"""How far an import is: a bar on a terminal, plain lines elsewhere."""

import os
from types import TracebackType
from typing import Protocol, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

LINES_BETWEEN_WORDS = 10_000


class Output(Protocol):
    def write(self, words: str) -> object: ...

    def isatty(self) -> bool: ...


class ImportProgress:
    """Tells of lines read, measured by how much of the file is read, and of refused lines."""

    def __init__(self, file: TextIO, output: Output) -> None:
        self._file, self._output = file, output
        self._told = 0
        self._bar: Progress | None = None
        if output.isatty():
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.percentage:>3.0f} %"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task("reading", total=os.fstat(file.fileno()).st_size)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def say(self, words: str) -> None:
        """A line that stays."""
        if self._bar:
            self._bar.console.print(words, markup=False, highlight=False, soft_wrap=True)
        else:
            self._output.write(words)

    def move(self, lines: int) -> None:
        """So many lines are done."""
        if self._bar:
            done = self._file.buffer.tell()
            self._bar.update(self._task, completed=done, description=f"{lines} ideas")
        elif lines >= self._told + LINES_BETWEEN_WORDS:
            self._told = lines
            self._output.write(f"{lines} ideas done")
