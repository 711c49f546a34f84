"""What trust is earned by, put down directly or through the log."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from activity.services import record
from community.events import ReplyPosted, TopicOpened
from community.models import Member
from ideas.events import CommentPosted, IdeaOpened, SupportGiven
from reputation.demands import Measure, to_rise
from reputation.measuring import site_day
from reputation.models import ActiveDay, Day, Discussed, Ground, RuleBook, SolvedFor
from reputation.periods import day_of
from reputation.services import ranking
from tests.factories.community import MemberFactory

DAY = timedelta(days=1)


def book():
    rules = {"holds_from": timezone.now(), "daily_cap": 100, "why": "The first rules."}
    return RuleBook.objects.get_or_create(version=1, defaults=rules)[0]


def voted(author, *, by, idea=1, days_ago=0, **facts):
    """A vote of `by` (a member's number) for an idea of the author."""
    since = timezone.now() - days_ago * DAY
    return Ground.objects.update_or_create(
        kind="supported", member=author, actor_id=by, thing="idea", thing_id=idea,
        defaults={"since": since, "points": 10, "book": book()} | facts,
    )[0]  # fmt: skip


def ground(member, kind, *, number=1, thing="idea", by=0, days_ago=0, **facts):
    """Something that a member has points for."""
    since = timezone.now() - days_ago * DAY
    return Ground.objects.create(
        kind=kind, member=member, actor_id=by, thing=thing, thing_id=number,
        **{"since": since, "points": 10, "book": book()} | facts,
    )  # fmt: skip


def solved(reply, member, **facts):
    """An answer solved it for one more member."""
    known = {"since": timezone.now(), "stamp": 1} | facts
    return SolvedFor.objects.create(reply_id=reply, member=member, **known)


def was_active(member, days, *, ending=0):
    """On so many days, the last of them `ending` days ago."""
    today = site_day(timezone.now())
    ActiveDay.objects.bulk_create(
        [ActiveDay(member=member, day=today - (ending + n) * DAY) for n in range(days)],
        ignore_conflicts=True,
    )


def discussed(member, ideas, *, days_ago=0):
    on = site_day(timezone.now()) - days_ago * DAY
    Discussed.objects.bulk_create(
        [Discussed(member=member, idea_id=n, last_on=on) for n in range(1, ideas + 1)],
        ignore_conflicts=True,
    )


def earns(member, level, *, but=None):
    """Exactly what a level asks for on a large site; `but` names measures with another number."""
    asked = dict(to_rise(level, small=False).all_of) | (but or {})
    was_active(member, asked.get(Measure.ACTIVE_DAYS, 0) or asked[Measure.DAYS_LATELY])
    discussed(member, asked.get(Measure.DISCUSSED, 0) or asked.get(Measure.DISCUSSED_LATELY, 0))
    if asked.get(Measure.VOTES_GIVEN):
        voted(MemberFactory(), by=member.pk, idea=member.pk * 1000)
    gets = asked.get(Measure.VOTES_RECEIVED, 0) or asked.get(Measure.VOTES_LATELY, 0)
    voters = asked.get(Measure.VOTERS_LATELY, 1)
    days = asked.get(Measure.VOTING_DAYS_LATELY, 1)
    for number in range(gets):
        voted(
            member, by=10_000 + number % voters, idea=member.pk * 1000 + number,
            days_ago=number % days,
        )  # fmt: skip
    return member


def anybody():
    """Somebody whose ideas are supported, where it does not matter who."""
    return Member.objects.filter(handle="anybody").first() or MemberFactory(handle="anybody")


def did(member, kind=SupportGiven, *, thing=1, days_ago=0, **facts):
    """A fact of the log, as the services record it."""
    about = {
        SupportGiven: {"idea_id": thing, "author_id": anybody().pk, "member_id": member.pk},
        IdeaOpened: {"idea_id": thing, "board_id": 1, "author_id": member.pk},
        CommentPosted: {
            "idea_id": 1, "comment_id": thing, "parent_id": None, "author_id": member.pk,
            "comment_kind": "comment", "official": False,
        },
        TopicOpened: {
            "topic_id": thing, "space_id": 1, "author_id": member.pk, "topic_kind": "question",
            "official": False,
        },
        ReplyPosted: {
            "topic_id": 1, "reply_id": thing, "author_id": member.pk, "official": False,
        },
    }.get(kind, {})  # fmt: skip
    moment = timezone.now() - days_ago * DAY
    with transaction.atomic():
        record(kind(**about | facts), actor=member, occurred_at=moment)


def leads(member, points=10):
    """This week and the last one, on leaderboards that know it."""
    for days_ago in (0, 7):
        day = day_of(timezone.now()) - days_ago * DAY
        Day.objects.create(member=member, day=day, free=points, points=points)
    ranking.rank()
