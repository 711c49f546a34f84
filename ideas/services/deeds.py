"""The private history of what teams did to ideas."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from community.models import Member
from ideas.models import Idea, TeamDeed


@transaction.atomic
def write(*, idea: Idea, member: Member | None, kind: str, **detail: Any) -> TeamDeed:
    """Keep that somebody of a team did something; `detail` is plain values, by kind."""
    return TeamDeed.objects.create(idea=idea, member=member, kind=kind, detail=detail)


@transaction.atomic
def write_all(*, ideas: Iterable[int], member: Member | None, kind: str, **detail: Any) -> None:
    """The same deed on many ideas, in one statement."""
    TeamDeed.objects.bulk_create(
        TeamDeed(idea_id=pk, member=member, kind=kind, detail=detail) for pk in ideas
    )
