"""Topics and replies by name, for whoever keeps only their numbers (community.causes)."""

from collections.abc import Collection

from django.db.models import Q

from community import causes
from community.causes import Named
from community.models import Member, Reply, Topic


def topics(numbers: Collection[int], viewer: Member | None) -> dict[int, Named]:
    """By title."""
    rows = Topic.objects.visible_to(viewer).filter(pk__in=numbers).only("pk", "title")
    return {topic.pk: Named(topic.title, topic.get_absolute_url()) for topic in rows}


def replies(numbers: Collection[int], viewer: Member | None) -> dict[int, Named]:
    """By the title of what they reply to."""
    seen = Q(hidden_at=None) | Q(author=viewer) if viewer else Q(hidden_at=None)
    topics = Topic.objects.visible_to(viewer).values("pk")
    rows = Reply.objects.filter(seen, pk__in=numbers, topic__in=topics)
    found = rows.select_related("topic").only("pk", "topic__title")
    return {said.pk: Named(said.topic.title, said.get_absolute_url()) for said in found}


def register() -> None:
    """Tell the registry who names these."""
    causes.add("topic", topics)
    causes.add("reply", replies)
