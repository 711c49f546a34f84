import pytest

from activity.models import EventRecord
from community.models import Topic, TopicTally
from community.services import answers, hiding
from tests.factories.forum import replied

pytestmark = pytest.mark.django_db


def test_a_hidden_topic_leaves_the_lists_and_its_author_keeps_it(question, author, stranger):
    hiding.set_topic_hidden(topic=question, hidden=True)
    assert not Topic.objects.listed().exists()
    assert not Topic.objects.visible_to(None).exists()
    assert not Topic.objects.visible_to(stranger).exists()
    assert Topic.objects.visible_to(author).get() == question
    hiding.set_topic_hidden(topic=question, hidden=False)
    assert Topic.objects.visible_to(stranger).listed().get() == question


def test_a_hidden_reply_counts_no_more(question, answer):
    later = replied(question, "In the attic.")
    hiding.set_reply_hidden(reply=later, hidden=True)
    tally = TopicTally.objects.get()
    assert (tally.replies, tally.last_at) == (1, answer.created_at)
    hiding.set_reply_hidden(reply=later, hidden=False)
    tally.refresh_from_db()
    assert (tally.replies, tally.last_at) == (2, later.created_at)


def test_a_hidden_answer_answers_nothing(question, answer, author, stranger):
    answers.accept(reply=answer, by=author)
    answers.say_solved(reply=answer, by=stranger, solved=True)
    for _ in range(2):
        hiding.set_reply_hidden(reply=answer, hidden=True)
    answer.refresh_from_db()
    assert answer.accepted_at is None
    tally = TopicTally.objects.get()
    assert (tally.answered_at, tally.solved, tally.helped) == (None, 0, 0)
    assert EventRecord.objects.filter(kind="community.answer_unaccepted").count() == 1
    hiding.set_reply_hidden(reply=answer, hidden=False)
    answers.accept(reply=answer, by=author)
    tally.refresh_from_db()
    assert tally.solved == 1
