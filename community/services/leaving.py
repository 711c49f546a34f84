"""What becomes of a deleted member's topics and replies.

Each function does some of the work in a transaction of its own and says whether all is done, so a
worker that is killed loses nothing and the next one goes on. See community.privacy.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from community.models import Reply, ReplyRevision, Topic, TopicRevision
from community.notices.forum import subject_of
from community.privacy import Leaving
from community.services import hiding, notifying

FEW = 50
# What stands where a title was, in the language of the topic.
REMOVED = gettext_noop("Removed by its author")


def remove_topics(leaving: Leaving) -> bool:
    """Their words go if that was chosen; what others replied stays, and the topic with it."""
    return not leaving.removes or _blank_topics(leaving)


@transaction.atomic
def _blank_topics(leaving: Leaving) -> bool:
    rows = Topic.objects.filter(author_id=leaving.member_id, team=None).exclude(body="")
    topics = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk")[:FEW])
    TopicRevision.objects.filter(topic__in=topics).delete()
    for topic in topics:
        with override(topic.language):
            topic.title = _(REMOVED)
        topic.body = topic.body_html = topic.snippet = ""
        topic.version += 1
        topic.save(update_fields=["title", "body", "body_html", "snippet", "version"])
        topic.tags.clear()
        if not topic.replies.exclude(author=topic.author_id).exists():
            hiding.set_topic_hidden(topic=topic, hidden=True)
    # In what others were told, too.
    notifying.reword(subjects={subject_of(topic.pk): topic.title for topic in topics})
    return len(topics) < FEW


def remove_replies(leaving: Leaving) -> bool:
    """Their words go if that was chosen; what somebody said for a team is the team's, and stays."""
    return not leaving.removes or _blank_replies(leaving)


@transaction.atomic
def _blank_replies(leaving: Leaving) -> bool:
    rows = Reply.objects.filter(author_id=leaving.member_id, team=None).exclude(body="")
    replies = list(rows.order_by("topic_id", "pk")[:FEW])
    ReplyRevision.objects.filter(reply__in=replies).delete()
    for reply in replies:
        # First, so that a question waits again whose answer goes.
        hiding.set_reply_hidden(reply=reply, hidden=True)
    Reply.objects.filter(pk__in=[reply.pk for reply in replies]).update(body="", body_html="")
    return len(replies) < FEW
