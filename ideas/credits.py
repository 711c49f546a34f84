"""Who has a part in an idea, and in which ideas a member has one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models.functions import Coalesce

from community.cursors import Key, Page, moment, page_of
from community.models import Member
from ideas.models import Contribution, ContributionQuerySet, Idea
from ideas.models.contribution import Part
from ideas.status import Status

PAGE = 20
BY_MOMENT = Key("recorded_at", moment)
# In this order the parts stand on a page.
ORDER = list(Part.values)


@dataclass(frozen=True)
class Credit:
    """A member and their parts in one idea, the larger part first."""

    member: Member
    parts: list[Contribution] = field(default_factory=list)


def credits_of_idea(idea_id: int) -> list[Credit]:
    """The credits of an idea and of those merged into it: author, merged authors, the others."""
    return credits_of_ideas([idea_id]).get(idea_id, [])


def credits_of_ideas(idea_ids: Iterable[int]) -> dict[int, list[Credit]]:
    """The credits of several ideas that stand for themselves, by their ids. One query."""
    ids = list(idea_ids)
    # Two lists, each found by an index: for an "or", PostgreSQL would read every contribution.
    ideas = Idea.objects.order_by().values("pk")
    group = ideas.filter(pk__in=ids).union(ideas.filter(merged_into__in=ids), all=True)
    rows = _shown().filter(idea__in=group)
    rows = rows.annotate(root=Coalesce("idea__merged_into_id", "idea_id"))
    found: dict[int, dict[int, Credit]] = {}
    for row in sorted(rows.select_related("member", "comment", "idea__merged_into"), key=_place):
        of_root = found.setdefault(row.root, {})  # type: ignore[attr-defined]
        credit = of_root.setdefault(row.member_id, Credit(row.member))
        # Whoever had the idea has the credit for it, not beside that for the same idea again.
        if not credit.parts or credit.parts[0].part != Part.AUTHOR:
            credit.parts.append(row)
    return {root: list(of_root.values()) for root, of_root in found.items()}


def _place(row: Contribution) -> tuple[int, datetime, int]:
    return ORDER.index(row.part), row.recorded_at, row.pk


def _shown() -> ContributionQuerySet:
    """What stands and everybody may see. The author of a merged idea is shown by the merge."""
    rows = Contribution.objects.standing().filter(idea__hidden_at=None)
    rows = rows.exclude(idea__status=Status.DRAFT).exclude(comment__hidden_at__isnull=False)
    return rows.exclude(part=Part.AUTHOR, idea__merged_into__isnull=False)


def credits_of_member(member_id: int, cursor: str = "", size: int = PAGE) -> Page[Contribution]:
    """A member's parts in ideas, newest first. Raises BadCursor."""
    rows = _shown().filter(member=member_id).select_related("idea__merged_into", "comment")
    return page_of(rows, BY_MOMENT, cursor, size)
