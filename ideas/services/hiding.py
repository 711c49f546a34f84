"""The columns by which moderation hides a thing. Moderation calls these; nobody else does."""

from django.db import transaction
from django.utils import timezone

from ideas.models import Comment, Idea
from ideas.services import promising


@transaction.atomic
def set_idea_hidden(*, idea: Idea, hidden: bool) -> None:
    """Hide an idea from lists, search and pages of others, or show it again. Clocks pause."""
    rows = Idea.objects.select_for_update(of=("self",), no_key=True)
    idea = rows.select_related("board__team", "board__calendar", "tally").get(pk=idea.pk)
    if bool(idea.hidden_at) == hidden:
        return
    promising.catch_up(ideas=[idea])
    now = timezone.now()
    idea.hidden_at = now if hidden else None
    idea.save(update_fields=["hidden_at"])
    promising.settle(idea=idea, moment=now)


@transaction.atomic
def set_comment_hidden(*, comment: Comment, hidden: bool) -> None:
    """Hide a comment, or show it again. Its replies and its place stay.

    One that its author took along has nothing to show.
    """
    Comment.objects.filter(pk=comment.pk, hidden_at__isnull=hidden, removed_at=None).update(
        hidden_at=timezone.now() if hidden else None
    )
