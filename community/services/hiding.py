"""The columns by which moderation hides a thing. Moderation calls these; nobody else does."""

from django.db import transaction
from django.utils import timezone

from activity.services import record
from community.events import AnswerUnaccepted
from community.models import Reply, Topic


@transaction.atomic
def set_topic_hidden(*, topic: Topic, hidden: bool) -> None:
    """Hide a topic from lists, search and pages of others, or show it again."""
    Topic.objects.filter(pk=topic.pk, hidden_at__isnull=hidden).update(
        hidden_at=timezone.now() if hidden else None
    )


@transaction.atomic
def set_reply_hidden(*, reply: Reply, hidden: bool) -> None:
    """Hide a reply, or show it again.

    What its author removed stays hidden: there is nothing to show.
    Hidden, it answers nothing: if it was accepted, the question waits again. Whoever asked can
    accept it anew when it is shown again, and finds whom else it had helped.
    """
    rows = Reply.objects.select_for_update(of=("self",), no_key=True).select_related("topic")
    said = rows.defer("search", "topic__search").get(pk=reply.pk)
    if bool(said.hidden_at) == hidden or not (hidden or said.body):
        return
    was_accepted = said.accepted_at is not None
    said.hidden_at = timezone.now() if hidden else None
    said.accepted_at = said.accepted_by = None
    said.save(update_fields=["hidden_at", "accepted_at", "accepted_by"])
    if was_accepted:
        record(
            AnswerUnaccepted(
                topic_id=said.topic_id,
                reply_id=said.pk,
                author_id=said.author_id,
                asker_id=said.topic.author_id,
            ),
            actor=None,
        )
