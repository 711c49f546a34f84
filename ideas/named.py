"""Ideas and comments by name, for whoever keeps only their numbers (community.causes)."""

from collections.abc import Collection

from django.db.models import Q

from community import causes, sections
from community.causes import Named
from community.models import Member
from community.sections import Section
from ideas.models import Board, Comment, Idea


def ideas(numbers: Collection[int], viewer: Member | None) -> dict[int, Named]:
    """By title."""
    rows = Idea.objects.visible_to(viewer).filter(pk__in=numbers).only("pk", "title")
    return {idea.pk: Named(idea.title, idea.get_absolute_url()) for idea in rows}


def comments(numbers: Collection[int], viewer: Member | None) -> dict[int, Named]:
    """By the title of what they are about."""
    seen = Q(hidden_at=None) | Q(author=viewer) if viewer else Q(hidden_at=None)
    ideas = Idea.objects.visible_to(viewer).values("pk")
    rows = Comment.objects.filter(seen, pk__in=numbers, idea__in=ideas)
    found = rows.select_related("idea").only("pk", "idea__title")
    return {said.pk: Named(said.idea.title, said.get_absolute_url()) for said in found}


def boards() -> list[Section]:
    """In their order."""
    rows = Board.objects.order_by("position", "name").only("pk", "slug", "name")
    return [Section(row.pk, row.slug, row.name, row.get_absolute_url()) for row in rows]


def register() -> None:
    """Tell the registries who names these."""
    causes.add("idea", ideas)
    causes.add("comment", comments)
    sections.add(boards)
