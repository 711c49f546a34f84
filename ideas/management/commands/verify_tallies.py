from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ideas.services import tallies


class Command(BaseCommand):
    help = "Prove that every tally equals a recount of its votes and comments. Exits 1 on drift."

    def handle(self, *args: Any, **options: Any) -> None:
        tallies.sweep()
        found = tallies.drifts()
        for drift in found[:20]:
            self.stdout.write(f"idea {drift.idea_id}: kept {drift.kept}, counted {drift.counted}")
        if found:
            raise CommandError(f"{len(found)} tallies differ from a recount.")
        self.stdout.write("Every tally equals a recount.")
