"""What is kept is what the log says: after any history, and after reading it twice."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.models import EventRecord
from activity.services import replay_from
from community.events import ReplyPosted, TopicOpened
from ideas.events import CommentPosted, IdeaOpened, SupportGiven, SupportWithdrawn
from reputation import measuring
from reputation.demands import Measure
from reputation.measuring import site_day
from reputation.models import ActiveDay, Deed, Discussed
from reputation.services import evidence
from tests.factories.community import MemberFactory
from tests.factories.reputation import anybody, did

pytestmark = pytest.mark.django_db

KEPT = [
    Measure.ACTIVE_DAYS, Measure.DAYS_LATELY, Measure.DEEDS, Measure.DISCUSSED,
    Measure.DISCUSSED_LATELY,
]  # fmt: skip


def kept(member):
    return dict(measuring.counts_of([member], KEPT)[member.pk])


def recounted(member):
    """The same from the log itself."""
    rows = EventRecord.objects.filter(actor_id=member.pk).exclude(kind=SupportWithdrawn.kind)
    rows = list(rows)
    today = site_day(timezone.now())
    first = today - timedelta(days=99)
    days = {site_day(row.occurred_at) for row in rows}
    comments = [row for row in rows if row.kind == CommentPosted.kind]
    lately = [row for row in comments if site_day(row.occurred_at) >= first]
    names = {
        SupportGiven.kind: "idea_id", IdeaOpened.kind: "idea_id", CommentPosted.kind: "comment_id",
        TopicOpened.kind: "topic_id", ReplyPosted.kind: "reply_id",
    }  # fmt: skip
    return {
        Measure.ACTIVE_DAYS: len(days),
        Measure.DAYS_LATELY: len({day for day in days if day >= first}),
        Measure.DEEDS: len({(row.kind, row.payload[names[row.kind]]) for row in rows}),
        Measure.DISCUSSED: len({row.payload["idea_id"] for row in comments}),
        Measure.DISCUSSED_LATELY: len({row.payload["idea_id"] for row in lately}),
    }


KINDS = [SupportGiven, SupportWithdrawn, IdeaOpened, CommentPosted, TopicOpened, ReplyPosted]
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(1, 4),
        st.sampled_from([0, 1, 2, 98, 99, 100, 101, 150]),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories=st.lists(HISTORIES, min_size=1, max_size=2))
def test_the_evidence_equals_a_recount_of_the_log(histories, deliver):
    # Not confirmed, so that no review takes them from where deeds are kept.
    members = [MemberFactory(trust_level=0, email_verified_at=None) for _history in histories]
    for member, history in zip(members, histories, strict=True):
        for kind, thing, days_ago in history:
            facts = {"idea_id": thing % 3} if kind is CommentPosted else {}
            if kind is SupportWithdrawn:
                facts = {"idea_id": thing, "author_id": anybody().pk, "member_id": member.pk}
            did(member, kind, thing=thing, days_ago=days_ago, **facts)
    deliver()
    assert [kept(member) for member in members] == [recounted(member) for member in members]
    if first := EventRecord.objects.order_by("id").first():
        replay_from(subscriber="reputation.keep_evidence", event_id=first.pk)
        deliver()
    assert [kept(member) for member in members] == [recounted(member) for member in members]


def test_deeds_are_kept_of_newcomers_alone(member, deliver):
    did(member)
    deliver()
    assert ActiveDay.objects.filter(member=member).count() == 1
    assert not Deed.objects.exists()


def test_an_older_comment_read_later_takes_nothing_back(member, deliver):
    did(member, CommentPosted, thing=1)
    did(member, CommentPosted, thing=2, days_ago=50)
    deliver()
    assert Discussed.objects.get().last_on == site_day(timezone.now())


def test_whoever_is_gone_keeps_nobody_else_waiting(member, deliver):
    gone = MemberFactory()
    did(gone)
    did(member)
    gone.delete()
    deliver()
    assert ActiveDay.objects.get().member == member


def test_a_batch_costs_the_same_however_many_it_names(django_assert_num_queries, deliver):
    newcomers = [MemberFactory(trust_level=0) for _number in range(3)]
    did(newcomers[0], CommentPosted)
    with django_assert_num_queries(7):
        keep_all()
    for number, newcomer in enumerate(newcomers):
        did(newcomer, CommentPosted, thing=number + 5)
    with django_assert_num_queries(7):
        keep_all()


def keep_all():
    rows = EventRecord.objects.filter(kind=CommentPosted.kind)
    evidence.keep(
        deeds=[
            CommentPosted.from_row(
                row.payload, event_id=row.pk, actor_id=row.actor_id, occurred_at=row.occurred_at
            )
            for row in rows
        ]
    )
