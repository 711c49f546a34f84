from typing import Any

from django.core.management.base import BaseCommand

from ideas.services import calendars


class Command(BaseCommand):
    help = "Write the public holidays of this and the next two years into the working calendars."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{calendars.fill_all()} new holidays")
