"""What a topic's page shows of ideas."""

from community.models import Member, Topic
from community.panels import Panel
from ideas import policies
from ideas.models import Board, TopicLink
from ideas.models.topic_link import LinkKind


def beside_topic(topic: Topic, viewer: Member | None) -> Panel | None:
    """The ideas that belong to a topic, and the way to make one of it for whoever may."""
    links = list(TopicLink.objects.ideas_of(topic, viewer))
    mine = viewer is not None and bool(policies.can_turn(viewer, topic))
    if not links and not mine:
        return None
    # A draft that only the topic's author sees counts, too.
    became = TopicLink.objects.filter(topic=topic, kind=LinkKind.BECAME)
    shown = {
        "links": links,
        "can_turn": mine and not became.exists(),
        "can_link": mine,
        "boards": Board.objects.filter(accepts_ideas=True).order_by("position", "name"),
        "topic": topic,
    }
    return Panel("ideas/_beside_topic.html", shown)
