import sys
from typing import Any

from django.core.management.base import BaseCommand

from moderation import services


class Command(BaseCommand):
    help = (
        "Look whether the chain of moderation holds: each link, what was published of it, and the "
        "decisions it vouches for. Names each break, and exits with 1 if there is any. Nothing is "
        "changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        breaks = list(services.verify())
        for found in breaks:
            self.stderr.write(f"{found.where}: {found.what}")
        if breaks:
            sys.exit(1)
        self.stdout.write("The chain holds.")
