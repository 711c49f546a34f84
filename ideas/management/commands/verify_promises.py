from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ideas.services import verifying


class Command(BaseCommand):
    help = "Compute the record of promises anew from what happened. Exits 1 on drift."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verifying.drifts()
        for drift in found[:20]:
            self.stdout.write(f"promise {drift.promise_id}: {drift.words}")
        if found:
            raise CommandError(f"{len(found)} differences from a recomputation.")
        self.stdout.write("The record of promises equals its recomputation.")
