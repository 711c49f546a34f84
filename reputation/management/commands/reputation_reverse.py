from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, QuerySet, Sum

from activity import delivery
from community.errors import Refused
from community.models import Member
from reputation import services
from reputation.models import Ground, Reversal


class Command(BaseCommand):
    help = (
        "Take back what members have through the deeds of one, or since a batch. It only says "
        "what it would do, until it is told --really. --undo gives it back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--deeds-of", metavar="HANDLE", help="who voted, marked, accepted")
        which.add_argument("--batch", type=int, help="a number from the ledger")
        which.add_argument("--undo", type=int, metavar="REVERSAL", help="its number")
        parser.add_argument("--reason", default="", help="goes into the books")
        parser.add_argument("--really", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["undo"] is not None:
                self._undo(options)
            else:
                self._reverse(options)
        except Refused as refused:
            raise CommandError(refused.reason) from refused

    def _reverse(self, options: dict[str, Any]) -> None:
        whose, batch = self._member(options["deeds_of"]), options["batch"]
        self._tell(services.reversible(whose=whose, batch=batch))
        if not options["really"]:
            self.stdout.write("Nothing was done. --really does it, with a --reason.")
            return
        made = services.reverse(by=None, reason=options["reason"], whose=whose, batch=batch)
        delivery.drain()
        self.stdout.write(f"This is reversal {made.pk}." if made else "Nothing to reverse.")

    def _undo(self, options: dict[str, Any]) -> None:
        reversal = Reversal.objects.filter(pk=options["undo"]).first()
        if reversal is None:
            raise CommandError(f"There is no reversal {options['undo']}.")
        done = "undone already" if reversal.undone_at else "in force"
        self.stdout.write(f"Reversal {reversal.pk} of {reversal.grounds} grounds, {done}.")
        if not options["really"]:
            self.stdout.write("Nothing was done. --really gives it back, with a --reason.")
            return
        services.restore(reversal=reversal, by=None, reason=options["reason"])
        delivery.drain()
        self.stdout.write("It is given back.")

    def _member(self, handle: str | None) -> int | None:
        if handle is None:
            return None
        found: int | None = (
            Member.objects.filter(handle=handle).values_list("pk", flat=True).first()
        )
        if found is None:
            raise CommandError(f"There is no member {handle}.")
        return found

    def _tell(self, grounds: QuerySet[Ground]) -> None:
        rows = grounds.order_by().values_list("kind").annotate(Count("pk"), Sum("points"))
        for kind, count, points in rows.order_by("kind"):
            self.stdout.write(f"{kind}: {count} grounds, {points:+d} points")
