from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reputation import services


class Command(BaseCommand):
    help = "Run the detectors over new votes, or over all of the last months, and open cases."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="all votes of the last 90 days")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            changed = services.spread_trust()
            self.stdout.write(f"{changed} members have another rank along friendships.")
        run = services.watch(whole=options["all"])
        self.stdout.write(
            f"{run.votes} votes looked at: {run.opened} cases opened, {run.grown} grown."
        )
