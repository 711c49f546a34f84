"""The private history of what teams did to ideas."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from community.models import Member
from ideas.models import Idea, TeamDeed

SAME = """INSERT INTO ideas_teamdeed (member_id, kind, detail, idea_id)
    SELECT %s, %s, %s::jsonb, unnest(%s::bigint[])
"""


@transaction.atomic
def write(*, idea: Idea, member: Member | None, kind: str, **detail: Any) -> TeamDeed:
    """Keep that somebody of a team did something; `detail` is plain values, by kind."""
    return TeamDeed.objects.create(idea=idea, member=member, kind=kind, detail=detail)


@transaction.atomic
def write_all(*, ideas: Iterable[int], member: Member | None, kind: str, **detail: Any) -> None:
    """The same deed on many ideas, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SAME, [member.pk if member else None, kind, json.dumps(detail), list(ideas)])
