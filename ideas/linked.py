"""What a topic's page shows of ideas."""

from collections.abc import Callable
from functools import partial

from community.models import Member, Reply, Topic
from community.panels import Panel
from ideas import policies
from ideas.models import Board, Contribution, Idea, TopicLink
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
    return Panel("ideas/_beside_topic.html", shown, _credit_for(links, viewer))


def _credit_for(
    links: list[TopicLink], viewer: Member | None
) -> Callable[[Reply], Panel | None] | None:
    """Which replies were used for the topic's ideas, and who may say so. One query."""
    ideas = {link.idea_id: link.idea for link in links}
    if not ideas:
        return None
    rows = Contribution.objects.standing().filter(idea__in=list(ideas), reply__isnull=False)
    used = set(rows.values_list("reply_id", "idea_id"))
    return partial(_credit_of, ideas=list(ideas.values()), used=used, viewer=viewer)


def _credit_of(
    reply: Reply, *, ideas: list[Idea], used: set[tuple[int, int]], viewer: Member | None
) -> Panel | None:
    rows = [
        {
            "idea": idea,
            "used": (reply.pk, idea.pk) in used,
            "may": viewer is not None and bool(policies.can_credit_reply(viewer, reply, idea)),
        }
        for idea in ideas
    ]
    told = [row for row in rows if row["used"] or row["may"]]
    return Panel("ideas/_reply_credit.html", {"rows": told, "reply": reply}) if told else None
