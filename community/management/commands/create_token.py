from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community import services
from community.errors import Refused
from community.models import Member
from community.models.token import Scope
from community.services.tokens import MOST_DAYS


class Command(BaseCommand):
    help = "Make an access token for a member and print its secret, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("handle")
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument(
            "--scope",
            dest="scopes",
            action="append",
            choices=Scope.values,
            help="what it may do; can be given several times (default: read)",
        )
        parser.add_argument("--days", type=int, default=90, help=f"how long, at most {MOST_DAYS}")

    def handle(
        self,
        *args: Any,
        handle: str,
        name: str,
        scopes: Sequence[str] | None,
        days: int,
        **options: Any,
    ) -> None:
        member = Member.objects.active().with_handles([handle]).first()
        if member is None:
            raise CommandError(f"There is no active member with the handle {handle}.")
        try:
            _token, secret = services.create_token(
                member=member, name=name[:60], scopes=scopes or [Scope.READ], days=days
            )
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(secret)
