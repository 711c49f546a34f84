"""Loading what a promise is about, in the order in which it is locked: the idea, then promises."""

from ideas.models import Idea, Promise
from ideas.models.promise import OPEN


def locked(idea: Idea) -> Idea:
    """The idea as it is now, locked."""
    rows = Idea.objects.select_for_update(of=("self",), no_key=True).select_related(
        "board__team", "board__calendar", "tally"
    )
    return rows.get(pk=idea.pk)


def owed_on(*ideas: Idea) -> list[Promise]:
    """Everything that is owed on some ideas, their own or of ideas merged into them; locked."""
    rows = Promise.objects.filter(owed_on__in=ideas, state__in=sorted(OPEN))
    rows = rows.select_related("calendar").select_for_update(of=("self",), no_key=True)
    return list(rows.order_by("pk"))
