"""Where ideas stand, put into the log for whoever keeps books by board and tag."""

from collections.abc import Iterable
from itertools import batched

from django.db import transaction

from activity.services import record_all
from community.models import Member
from ideas.events import IdeasSorted
from ideas.models import Idea, IdeaTag
from ideas.status import Status

MOST = 500


@transaction.atomic
def note_places(*, ideas: Iterable[Idea], by: Member | None) -> None:
    """Say where posted ideas stand from now on, after their tags or their boards have changed.

    The ideas are locked by whoever changes them, so that what is said last is what is so.
    """
    boards = {idea.pk: idea.board_id for idea in ideas if idea.status != Status.DRAFT}
    tags = IdeaTag.objects.ids_of(boards) if boards else {}
    places = [[pk, boards[pk], *tags[pk]] for pk in sorted(boards)]
    facts = [IdeasSorted(places=list(some)) for some in batched(places, MOST, strict=False)]
    record_all(facts, actor=by)
