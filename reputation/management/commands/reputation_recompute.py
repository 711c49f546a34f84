import sys
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from community.models import Member
from reputation import services


class Command(BaseCommand):
    help = "Write each member's days and standing anew from the ledger. Entries stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        last = Member.objects.order_by("-pk").values_list("pk", flat=True).first()
        with Progress(console=Console(file=sys.stderr)) as bar:
            task = bar.add_task("Members", total=last or 0)
            changed = services.recompute(progress=lambda n: bar.advance(task, n))
        self.stdout.write(f"{changed} members had another standing.")
