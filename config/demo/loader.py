"""Loads the demo community into an empty database, in one transaction."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.db import transaction
from django.utils import timezone

from community.models import Member
from config.demo import chronicle, content, drawings, forum, people, proposals, talk, telling

type Tell = Callable[[str], None]


@transaction.atomic
def load(tell: Tell) -> bool:
    """Load the community and `tell` how far it is; False when there are members already."""
    if Member.objects.exists():
        return False
    now, chance = timezone.now(), Random("plenum")  # noqa: S311  # the same community every time
    tell("members")
    community = people.settle(now)
    tell("ideas")
    posted = proposals.post(content.ideas(), community, now)
    decisions = proposals.decide(posted, community, now)
    tell("supports")
    supports = proposals.vote(posted, community, now)
    tell("comments")
    comments = talk.comment(posted, community, now, chance)
    marks = talk.mark(comments, community, now, chance)
    follows = proposals.follow(posted, community, now)
    tell("the forum")
    topics = forum.open_up(community, now, chance)
    forum.tie(topics, posted)
    tell("notifications")
    ideas = [idea for _row, idea in posted]
    said = list(forum.happenings(topics))
    _remember(
        chronicle.Past(community, ideas, supports, follows, decisions, comments, marks, said), now
    )
    tell("pictures")
    drawings.add(posted)
    return True


def _remember(past: chronicle.Past, now: datetime) -> None:
    """Write the log, and what members were told of it."""
    happenings = chronicle.record(past)
    telling.tell(happenings, past, now)
    chronicle.close(happenings[-1][0])
