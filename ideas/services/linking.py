"""Topics of the forum and ideas: tied together, and one made of the other."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.models import Member, Topic
from community.services.topics import locked
from ideas import policies
from ideas.events import TopicBecameIdea
from ideas.models import Board, Idea, TopicLink
from ideas.models.topic_link import LinkKind
from ideas.services.writing import save_draft


@transaction.atomic
def turn_into_idea(*, topic: Topic, by: Member, board: Board) -> Idea:
    """Make a draft of a topic. It is its author's, whoever turns it: they post it, or do not.

    Raises Refused as `became_already` where the topic has its idea; a draft that was thrown away
    leaves room for another.
    """
    topic = locked(topic)
    policies.can_turn(by, topic).enforce()
    if TopicLink.objects.filter(topic=topic, kind=LinkKind.BECAME).exists():
        raise Refused(_("This topic has become an idea already."), code="became_already")
    draft = save_draft(
        author=topic.author,
        board=board,
        title=topic.title,
        body=_told_again(topic),
        language=topic.language,
        tags=list(topic.tags.names()),
    )
    TopicLink.objects.create(topic=topic, idea=draft, kind=LinkKind.BECAME, member=by)
    fact = TopicBecameIdea(topic_id=topic.pk, idea_id=draft.pk, author_id=topic.author_id)
    record(fact, actor=by)
    return draft


def _told_again(topic: Topic) -> str:
    """The topic's words, and where they were said first, in the topic's language."""
    with translation.override(topic.language):
        address = settings.SITE_URL.rstrip("/") + topic.get_absolute_url()
        return topic.body + "\n\n" + _("First said in the forum: %(url)s") % {"url": address}


@transaction.atomic
def link(*, topic: Topic, idea: Idea, by: Member) -> TopicLink:
    """Tie a topic and an idea together; once is enough."""
    policies.can_link(by, topic, idea).enforce()
    made, _new = TopicLink.objects.get_or_create(topic=topic, idea=idea, defaults={"member": by})
    return made


@transaction.atomic
def unlink(*, topic: Topic, idea: Idea, by: Member) -> None:
    """Untie them. That a topic became an idea stays."""
    policies.can_link(by, topic, idea).enforce()
    rows = TopicLink.objects.filter(topic=topic, idea=idea)
    if rows.filter(kind=LinkKind.BECAME).exists():
        raise Refused(_("That the idea began as this topic stays visible."), code="became")
    rows.delete()
