"""What all views of the API on ideas share."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from community.api import asking
from community.api.asking import created as created
from ideas.models import Comment, Idea


class Asked(asking.Asked):
    """A view that knows the member behind a request, and the ideas they may see."""

    def idea(self, pk: int) -> Idea:
        """One idea, if the one who asks may see it; else 404."""
        return get_object_or_404(Idea.objects.visible_to(self.viewer).for_page(self.viewer), pk=pk)

    def standing(self, pk: int) -> Idea:
        """The idea that stands for one: itself, or the one it was merged into."""
        idea = self.idea(pk)
        return self.idea(idea.root_id) if idea.merged_into_id else idea

    def comments(self) -> QuerySet[Comment]:
        """The comments that the one who asks may see."""
        ideas = Idea.objects.visible_to(self.viewer).values("pk")
        rows = Comment.objects.for_thread(self.viewer).shown().defer(None)
        return rows.filter(idea__in=ideas)
