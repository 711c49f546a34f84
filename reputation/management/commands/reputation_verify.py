import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from reputation import services


class Command(BaseCommand):
    help = (
        "Compare the ledger with its sums, and with the log read from its beginning; exits with 1 "
        "when anything differs. Nothing is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-log", action="store_true", help="compare the sums alone")

    def handle(self, *args: Any, without_log: bool, **options: Any) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as bar:
            task = bar.add_task("Events read", total=None)
            done = services.verify(
                from_log=not without_log, progress=lambda n: bar.advance(task, n)
            )
        for what, drift in done.found.items():
            examples = "; ".join(drift["examples"])
            self.stderr.write(f"{what}: not so {drift['count']} times. {examples}")
        if not done.is_sound:
            sys.exit(1)
        self.stdout.write("Everything agrees.")
