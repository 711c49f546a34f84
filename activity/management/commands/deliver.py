from typing import Any

from django.core.management.base import BaseCommand

from activity import delivery


class Command(BaseCommand):
    help = "Hand the waiting events to their subscribers now, without a worker."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{delivery.drain()} events handed over.")
