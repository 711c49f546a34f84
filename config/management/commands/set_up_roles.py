from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config import roles


class Command(BaseCommand):
    help = (
        "Make the groups Moderators, Senior moderators, Community managers and Administrators "
        "where they are missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="undo what was changed in the groups that exist"
        )

    def handle(self, *args: Any, anew: bool, **options: Any) -> None:
        for name in roles.set_up(anew=anew):
            self.stdout.write(f"{name}: set up")
