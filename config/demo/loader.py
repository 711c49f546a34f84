"""Loads the demo community into an empty database, in one transaction."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.db import transaction
from django.utils import timezone

from activity import delivery
from activity.models import EventRecord
from community.models import Member
from config.demo import (
    cases,
    chronicle,
    content,
    digests,
    drawings,
    forum,
    friends,
    merges,
    pending,
    people,
    policies,
    promises,
    proposals,
    reviews,
    sanctions,
    suspects,
    talk,
    telling,
    together,
    trust,
    voiding,
)
from ideas.services import weighing
from reputation.services import awarding, ranking

type Tell = Callable[[str], None]


def load(tell: Tell) -> bool:
    """Load the community and `tell` how far it is; False when there are members already."""
    if not _load(tell):
        return False
    tell("points")
    _catch_up()
    ranking.rank()
    tell("badges")
    awarding.award()
    _catch_up()
    tell("cases of votes")
    suspects.look_into(timezone.now())
    return True


def _catch_up() -> None:
    """Deliver what was just written, in a transaction of the caller's, too."""
    delivery.drain(upto=EventRecord.objects.latest("pk").transaction_id + 1)


@transaction.atomic
def _load(tell: Tell) -> bool:
    if Member.objects.exists():
        return False
    now, chance = timezone.now(), Random("plenum")  # noqa: S311  # the same community every time
    tell("members")
    community = people.settle(now)
    policies.publish(community.members, now)
    sanctions.impose(community.members, now)
    suspects.sign_in(community.members, now)
    promises.open_boards(community.boards.values(), now)
    past, posted = _live(community, now, chance, tell)
    tell("notifications")
    happenings = chronicle.record(past)
    telling.tell(happenings, past, now)
    trust.remember(community.members, [idea for _row, idea in posted], now)
    together.follow(community, now)
    together.write(community)
    weighing.measure_open()
    digests.send(community, now)
    tell("cases")
    cases.look_into(posted, community)
    chronicle.close(EventRecord.objects.latest("pk").pk)
    tell("pictures")
    drawings.add(posted)
    return True


def _befriend(community: people.Community, now: datetime, tell: Tell) -> None:
    """Who the members are, and who knows whom."""
    tell("friends")
    friends.introduce(community, now)
    friends.befriend(community, now, Random("friends"))  # noqa: S311


def _live(
    community: people.Community, now: datetime, chance: Random, tell: Tell
) -> tuple[chronicle.Past, proposals.Proposals]:
    """Everything that members and teams did."""
    tell("ideas")
    posted = proposals.post(content.ideas(), community, now)
    _befriend(community, now, tell)
    decisions = proposals.decide(posted, community, now)
    tell("supports")
    supports = proposals.vote(posted, community, now)
    tell("comments")
    comments = talk.comment(posted, community, now, chance)
    marks = talk.mark(comments, community, now, chance)
    tell("promises")
    promises.keep(posted, supports, [*decisions, *comments], now)
    follows = proposals.follow(posted, community, now)
    tell("reviews")
    reviews.review(now, chance)
    promises.withdraw(community, now)
    promises.remind(now)
    pending.wait(posted, community, now)
    merged = merges.merge(posted, community, now)
    merges.credit(posted, merged, decisions, comments)
    tell("the forum")
    told = [*forum.fill(community, posted, now, chance), *voiding.void(posted, community, now)]
    ideas = [idea for _row, idea in posted]
    past = chronicle.Past(
        community, ideas, supports, follows, decisions, comments, marks, merged, told
    )
    return past, posted
