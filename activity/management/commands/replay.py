from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from activity import services
from activity.models import Bookmark, ParkedEvent


class Command(BaseCommand):
    help = "Hand parked events over again, or let a subscriber read the log again from an event on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("subscriber", help="for example ideas.tell_followers")
        parser.add_argument("--from", dest="event_id", type=int, help="id of the first event")

    def handle(self, *args: Any, subscriber: str, event_id: int | None, **options: Any) -> None:
        if not Bookmark.objects.filter(pk=subscriber).exists():
            names = ", ".join(Bookmark.objects.order_by("pk").values_list("pk", flat=True))
            raise CommandError(f"Nobody called {subscriber} listens. There are: {names or 'none'}.")
        if event_id is not None:
            services.replay_from(subscriber=subscriber, event_id=event_id)
            self.stdout.write(f"{subscriber} reads again from event {event_id}.")
            return
        parked = ParkedEvent.objects.waiting().filter(subscriber=subscriber).select_related("event")
        taken = [services.replay_parked(parked=event) for event in parked]
        self.stdout.write(f"{taken.count(True)} taken, {taken.count(False)} failed again.")
