"""Spaces, topics and what is said in them."""

import factory

from community.models import Reply, Space, Topic
from community.services import replies, topics
from tests.factories.community import MemberFactory, TeamFactory


class SpaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Space

    name = factory.Sequence(lambda n: f"Space {n}")
    slug = factory.Sequence(lambda n: f"space-{n}")
    team = factory.SubFactory(TeamFactory)


def opened(space: Space, kind: str = "question", **fields: object) -> Topic:
    """Somebody opens a topic."""
    by = fields.pop("by", None) or MemberFactory()
    said = {"title": "Where is the fuse?", "body": "It went dark.", "language": "en"} | fields
    return topics.open_topic(space=space, by=by, kind=kind, **said)


def replied(topic: Topic, body: str = "Under the stairs.", **fields: object) -> Reply:
    """Somebody replies."""
    by = fields.pop("by", None) or MemberFactory()
    return replies.reply(topic=topic, by=by, body=body, **fields)
