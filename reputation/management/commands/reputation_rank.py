import sys
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console

from reputation import services


class Command(BaseCommand):
    help = "Write the leaderboards anew, as it happens every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        # One statement, which says nothing on its way.
        with Console(file=sys.stderr).status("Ranking members"):
            done = services.rank()
        if done is None:
            self.stdout.write("Another run is at it.")
        else:
            self.stdout.write(f"{done.boards} leaderboards, {done.changed} places changed.")
