"""Keeping what trust is earned by. The same batch again writes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection, transaction

from activity.events import Event
from community.events import ReplyPosted, TopicOpened
from community.models import Member
from ideas.events import CommentPosted, IdeaOpened, SupportGiven
from reputation.measuring import site_day
from reputation.models import ActiveDay, Deed, DeedKind

# What makes a day an active one, and which of its numbers tells a deed from another.
DEEDS: Mapping[type[Event], tuple[DeedKind, str]] = {
    IdeaOpened: (DeedKind.OPENED, "idea_id"),
    SupportGiven: (DeedKind.SUPPORTED, "idea_id"),
    CommentPosted: (DeedKind.COMMENTED, "comment_id"),
    TopicOpened: (DeedKind.ASKED, "topic_id"),
    ReplyPosted: (DeedKind.REPLIED, "reply_id"),
}
_DISCUSSED = """
    INSERT INTO reputation_discussed (member_id, idea_id, last_on)
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::date[])
    ON CONFLICT (member_id, idea_id) DO UPDATE SET last_on = EXCLUDED.last_on
    WHERE reputation_discussed.last_on < EXCLUDED.last_on
"""


@transaction.atomic
def keep(*, deeds: Sequence[Event]) -> None:
    """Keep the days, the discussed ideas, and what newcomers did, of a batch of the log."""
    levels = _levels_of({event.actor_id for event in deeds if event.actor_id})
    done = [(who, event) for event in deeds if (who := event.actor_id or 0) in levels]
    days = sorted({(who, site_day(event.when)) for who, event in done})
    ActiveDay.objects.bulk_create(
        [ActiveDay(member_id=who, day=day) for who, day in days], ignore_conflicts=True
    )
    _keep_discussed([event for _who, event in done if isinstance(event, CommentPosted)])
    kept = sorted({(who, *_deed(event)) for who, event in done if levels[who] == 0})
    Deed.objects.bulk_create(
        [Deed(member_id=who, kind=kind, thing_id=number) for who, kind, number in kept],
        ignore_conflicts=True,
    )


def _levels_of(ids: set[int]) -> dict[int, int]:
    """Of those who are still there."""
    return dict(Member.objects.filter(pk__in=ids).values_list("pk", "trust_level"))


def _deed(event: Event) -> tuple[str, int]:
    kind, number = DEEDS[type(event)]
    return kind.value, getattr(event, number)


def _keep_discussed(comments: Sequence[CommentPosted]) -> None:
    last: dict[tuple[int, int], date] = {}
    for event in comments:
        key, day = (event.author_id, event.idea_id), site_day(event.when)
        last[key] = max(day, last.get(key, day))
    if not last:
        return
    rows = sorted((*key, day) for key, day in last.items())
    with connection.cursor() as cursor:
        cursor.execute(_DISCUSSED, [list(column) for column in zip(*rows, strict=True)])
