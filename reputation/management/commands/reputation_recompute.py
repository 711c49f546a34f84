import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from community.errors import Refused
from community.models import Member
from reputation import services
from reputation.services.sums import READ_ANEW


class Command(BaseCommand):
    help = (
        "Write each member's days and standing anew from the ledger; entries stay as they are. "
        "--from-log also reads the log from its beginning and says what was booked otherwise; "
        "--really then reverses that, and books it anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from-log", action="store_true", help="compare with the log first")
        parser.add_argument("--reason", default="", help="goes into the log")
        parser.add_argument("--really", action="store_true", help="correct what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["from_log"]:
            self._from_log(options)
        last = Member.objects.order_by("-pk").values_list("pk", flat=True).first()
        with Progress(console=Console(file=sys.stderr)) as bar:
            task = bar.add_task("Members", total=last or 0)
            changed = services.recompute(progress=lambda n: bar.advance(task, n))
        self.stdout.write(f"{changed} members had another standing.")

    def _from_log(self, options: dict[str, Any]) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
        with Progress(*columns, console=Console(file=sys.stderr)) as bar:
            task = bar.add_task("Events read", total=None)

            def tell(number: int) -> None:
                bar.advance(task, number)

            if options["really"]:
                self._correct(options["reason"], tell)
            else:
                self._compare(tell)

    def _compare(self, tell: services.Progress) -> None:
        drift = services.verify(from_log=True, progress=tell).found.get(READ_ANEW)
        examples = ": " + "; ".join(drift["examples"]) if drift else ""
        self.stdout.write(f"{drift['count'] if drift else 0} grounds differ{examples}.")
        self.stdout.write("They stay as they are. --really corrects them, with a --reason.")

    def _correct(self, reason: str, tell: services.Progress) -> None:
        try:
            wrong = services.correct(reason=reason, progress=tell)
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(f"{wrong} grounds were corrected.")
