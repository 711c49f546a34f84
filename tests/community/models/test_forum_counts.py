"""Kept counts equal a recount, whatever was done in whatever order."""

import pytest
from django.db.models import Max, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.errors import Refused
from community.models import Reply, SolvedToo, Topic, TopicTally
from community.services import answers, hiding, replies, topics
from tests.factories.community import MemberFactory
from tests.factories.forum import opened

pytestmark = pytest.mark.django_db

who = st.integers(0, 3)
which = st.integers(0, 4)
deed = st.one_of(
    st.tuples(st.just("reply"), who, st.none()),
    st.tuples(st.just("mark"), who, st.tuples(which, st.sampled_from([True, False, None]))),
    st.tuples(st.just("hide"), st.none(), st.tuples(which, st.booleans())),
    st.tuples(st.just("accept"), st.none(), which),
    st.tuples(st.just("unaccept"), st.none(), st.none()),
    st.tuples(st.just("solved"), who, st.tuples(which, st.booleans())),
    st.tuples(st.just("hide topic"), st.none(), st.booleans()),
    st.tuples(st.just("close"), st.none(), st.booleans()),
    st.tuples(st.just("delete"), st.none(), which),
)


def do(name, by, what, topic, asker, speaker):
    said = list(Reply.objects.filter(topic=topic).order_by("id"))
    number = what[0] if isinstance(what, tuple) else what
    picks = name in ("mark", "hide", "accept", "solved", "delete")
    if picks and number >= len(said):
        return
    match name:
        case "reply":
            replies.reply(topic=topic, by=by, body=f"Number {len(said)}.")
        case "mark":
            replies.mark_helpful(reply=said[number], by=by, helpful=what[1])
        case "hide":
            hiding.set_reply_hidden(reply=said[number], hidden=what[1])
        case "accept":
            answers.accept(reply=said[number], by=asker)
        case "unaccept":
            answers.unaccept(topic=topic, by=asker)
        case "solved":
            answers.say_solved(reply=said[number], by=by, solved=what[1])
        case "hide topic":
            hiding.set_topic_hidden(topic=topic, hidden=what)
        case "close":
            topics.set_closed(topic=topic, by=speaker, closed=what)
        case "delete":
            said[number].delete()


def recounted(topic):
    shown = Reply.objects.filter(topic=topic, hidden_at=None)
    sums = shown.aggregate(Sum("helpful"), Sum("solved"), Max("created_at"))
    answer = shown.filter(accepted_at__isnull=False).first()
    topic = Topic.objects.get(pk=topic.pk)
    return {
        "replies": shown.count(),
        "helped": (sums["helpful__sum"] or 0) + (sums["solved__sum"] or 0),
        "last_at": max(filter(None, [topic.created_at, sums["created_at__max"]])),
        "answered_at": answer.accepted_at if answer else None,
        "solved": SolvedToo.objects.filter(reply=answer).count() if answer else 0,
        "listed": topic.hidden_at is None,
        "closed": topic.closed_at is not None,
    }


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(deed, max_size=14))
def test_tallies_equal_a_recount(space, team_member, author, deeds):
    topic = opened(space, by=author, title=f"Topic {Topic.objects.count()}")
    cast = [author, *MemberFactory.create_batch(3)]
    for name, by, what in deeds:
        try:
            do(name, cast[by] if by is not None else None, what, topic, author, team_member)
        except Refused:
            continue
        tally = TopicTally.objects.get(topic=topic)
        expected = recounted(topic)
        assert {field: getattr(tally, field) for field in expected} == expected, name
