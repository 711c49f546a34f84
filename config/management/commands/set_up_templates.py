from typing import Any

from django.core.management.base import BaseCommand

from ideas.services.composing import set_up_templates


class Command(BaseCommand):
    help = "Write the texts that decisions may begin with, where a step or reason has none."

    def handle(self, *args: Any, **options: Any) -> None:
        if made := set_up_templates():
            self.stdout.write(f"Templates of decisions: {made} written")
