"""Whom an answer helped beside the one who asked: what the forum says, in whatever order."""

import pytest

from activity.models import EventRecord
from activity.services import replay_from
from community.services import answers
from reputation.models import BadgeDue, Holding, SolvedFor
from reputation.services import award
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def said(answer, member, *, solved=True):
    answers.say_solved(reply=answer, by=member, solved=solved)


@pytest.fixture
def accepted(answer, author):
    return answers.accept(reply=answer, by=author)


def kept():
    return [(row.member_id, row.stamp % 2) for row in SolvedFor.objects.order_by("member")]


def test_it_is_kept_and_taken_back(accepted, member, deliver):
    said(accepted, member)
    deliver()
    assert kept() == [(member.pk, 1)]
    said(accepted, member, solved=False)
    deliver()
    assert kept() == [(member.pk, 0)]


def test_a_replay_changes_nothing(accepted, member, deliver):
    for solved in (True, False, True):
        said(accepted, member, solved=solved)
    deliver()
    before = SolvedFor.objects.get()
    first = EventRecord.objects.earliest("pk").pk
    replay_from(subscriber="reputation.keep_who_was_helped", event_id=first)
    deliver()
    after = SolvedFor.objects.get()
    assert (after.stamp, after.since) == (before.stamp, before.since)


def test_both_who_answered_and_who_asked_are_due(accepted, member, author, supporter, deliver):
    deliver()
    award()
    said(accepted, member)
    deliver()
    assert set(BadgeDue.objects.values_list("member", flat=True)) == {author.pk, supporter.pk}


def test_a_good_question_and_a_spare_key(accepted, author, supporter, deliver):
    for member in MemberFactory.create_batch(5):
        said(accepted, member)
    deliver()
    award()
    have = set(Holding.objects.filter(thing="reply").values_list("member", "badge", "thing_id"))
    assert have == {
        (author.pk, "good-question", accepted.pk),
        (supporter.pk, "spare-key", accepted.pk),
    }
    answers.unaccept(topic=accepted.topic, by=author)
    deliver()
    award()
    assert not Holding.objects.exists()
