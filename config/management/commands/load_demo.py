from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from community.models import Member
from config.demo import loader
from ideas.models import Comment, Decision, Idea, Support


class Command(BaseCommand):
    help = "Load the demo community into an empty database. Does nothing where there are members."

    def handle(self, *args: Any, **options: Any) -> None:
        began = monotonic()
        if not loader.load(self.tell):
            self.stdout.write("There are members already: the demo community was not loaded.")
            return
        counts = {
            "members": Member.objects.count(),
            "ideas": Idea.objects.count(),
            "supports": Support.objects.count(),
            "comments": Comment.objects.count(),
            "decisions": Decision.objects.count(),
        }
        loaded = ", ".join(f"{number} {name}" for name, number in counts.items())
        self.clear()
        self.stdout.write(f"Loaded {loaded} in {monotonic() - began:.0f} s")

    def tell(self, step: str) -> None:
        """One line that says where it is; in a file, a line for each step."""
        self.clear()
        self.stdout.write(f"Writing {step}", ending="" if self.stdout.isatty() else "\n")
        self.stdout.flush()

    def clear(self) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r\x1b[K", ending="")
