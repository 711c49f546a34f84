"""What the site knows of ideas that were imported before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import override

from ideas.models import Decision, Idea, IdeaRevision, IdeaTag, Support


def note(language: str) -> str:
    """What an import writes beside its revisions. A newest one without it is somebody's own."""
    with override(language):
        return _("Brought along by an import")


@dataclass(frozen=True)
class Past:
    """By idea: its last decision and revision, its tags, and who ever supported it."""

    decisions: Mapping[int, Decision]
    revisions: Mapping[int, IdeaRevision]
    tags: Mapping[int, set[str]]
    supporters: Mapping[int, set[int]]

    @classmethod
    def of(cls, ideas: Iterable[Idea]) -> Self:
        ids = [idea.pk for idea in ideas]
        decisions = Decision.objects.filter(idea__in=ids).order_by("idea", "-id").distinct("idea")
        revisions = IdeaRevision.objects.filter(idea__in=ids).order_by("idea", "-number")
        tags, supporters = defaultdict(set), defaultdict(set)
        tagged = IdeaTag.objects.filter(content_object__in=ids)
        for idea_id, name in tagged.values_list("content_object_id", "tag__name"):
            tags[idea_id].add(name.lower())
        voted = Support.objects.filter(idea__in=ids)
        for idea_id, member_id in voted.values_list("idea_id", "member_id"):
            supporters[idea_id].add(member_id)
        return cls(
            decisions={decision.idea_id: decision for decision in decisions},
            revisions={revision.idea_id: revision for revision in revisions.distinct("idea")},
            tags=tags,
            supporters=supporters,
        )

    def keeps_text(self, idea: Idea) -> bool:
        """Whether the text is still the import's. A draft is its author's from the start."""
        last = self.revisions.get(idea.pk)
        return last is not None and last.note == note(idea.language)
