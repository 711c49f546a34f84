"""The columns by which moderation hides a thing. Moderation calls these; nobody else does."""

from django.db import transaction
from django.utils import timezone

from ideas.models import Comment, Idea


@transaction.atomic
def set_idea_hidden(*, idea: Idea, hidden: bool) -> None:
    """Hide an idea from lists, search and pages of others, or show it again."""
    Idea.objects.filter(pk=idea.pk, hidden_at__isnull=hidden).update(
        hidden_at=timezone.now() if hidden else None
    )


@transaction.atomic
def set_comment_hidden(*, comment: Comment, hidden: bool) -> None:
    """Hide a comment, or show it again. Its replies and its place stay."""
    Comment.objects.filter(pk=comment.pk, hidden_at__isnull=hidden).update(
        hidden_at=timezone.now() if hidden else None
    )
