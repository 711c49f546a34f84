"""Two at once in the forum: one outcome, and counts that hold."""

from functools import partial

import pytest

from community.models import Reply, SolvedToo, Topic, TopicTally
from community.services import answers, hiding, replies, topics
from ideas.models import Idea, TopicLink
from ideas.services import linking
from tests.concurrency.test_decisions import codes
from tests.factories.community import MemberFactory
from tests.factories.forum import replied
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


def tally_of(topic):
    return TopicTally.objects.get(topic=topic)


def test_accept_against_accept(question, answer, author, team_member):
    other = replied(question, "In the attic.")
    for _ in range(5):
        results = at_once(
            partial(answers.accept, reply=answer, by=author),
            partial(answers.accept, reply=other, by=team_member),
        )
        assert codes(results) == ["done", "done"]
        chosen = Reply.objects.get(accepted_at__isnull=False)
        assert tally_of(question).answered_at == chosen.accepted_at


def test_accept_against_hide(question, answer, author):
    for _ in range(5):
        results = at_once(
            partial(answers.accept, reply=answer, by=author),
            partial(hiding.set_reply_hidden, reply=answer, hidden=True),
        )
        assert set(codes(results)) <= {"done", "hidden"}
        answer.refresh_from_db()
        assert answer.hidden_at
        assert (answer.accepted_at, tally_of(question).answered_at) == (None, None)
        hiding.set_reply_hidden(reply=answer, hidden=False)


def test_accept_against_taking_back(question, answer, author, team_member):
    for _ in range(5):
        results = at_once(
            partial(answers.accept, reply=answer, by=author),
            partial(answers.unaccept, topic=question, by=team_member),
        )
        assert codes(results) == ["done", "done"]
        answer.refresh_from_db()
        assert tally_of(question).answered_at == answer.accepted_at


def test_reply_against_hiding_the_topic(question):
    results = at_once(
        *[partial(replied, question, f"Number {n}.", by=MemberFactory()) for n in range(4)],
        partial(hiding.set_topic_hidden, topic=question, hidden=True),
    )
    assert set(codes(results)) <= {"done", "hidden"}
    assert not tally_of(question).listed
    assert tally_of(question).replies == Reply.objects.count()


def test_many_reply_and_are_all_counted(question):
    voices = MemberFactory.create_batch(8)
    results = at_once(*[partial(replied, question, "Here.", by=member) for member in voices])
    assert not failures(results)
    assert tally_of(question).replies == 8


def test_a_double_click_says_it_once(question, stranger):
    results = at_once(*[partial(replied, question, "Here.", by=stranger)] * 3)
    assert len({reply.pk for reply in results}) == Reply.objects.count() == 1


def test_a_double_click_opens_one_topic(space, stranger):
    said = {"kind": "question", "title": "Where?", "body": "Dark.", "language": "en"}
    results = at_once(*[partial(topics.open_topic, space=space, by=stranger, **said)] * 3)
    assert len({topic.pk for topic in results}) == Topic.objects.count() == 1


def test_it_solved_it_for_many_while_another_is_accepted(question, answer, author):
    other = replied(question, "In the attic.")
    answers.accept(reply=answer, by=author)
    readers = MemberFactory.create_batch(6)
    results = at_once(
        *[partial(answers.say_solved, reply=answer, by=reader, solved=True) for reader in readers],
        partial(answers.accept, reply=other, by=author),
    )
    assert set(codes(results)) <= {"done", "not_the_answer"}
    answer.refresh_from_db()
    assert answer.solved == SolvedToo.objects.count()
    tally = tally_of(question)
    assert (tally.solved, tally.helped) == (0, answer.solved)


def test_marks_and_edits_at_once(question, answer, supporter):
    readers = MemberFactory.create_batch(5)
    results = at_once(
        *[partial(replies.mark_helpful, reply=answer, by=r, helpful=True) for r in readers],
        partial(replies.edit_reply, reply=answer, by=supporter, version=1, body="In the attic."),
    )
    assert not failures(results)
    answer.refresh_from_db()
    assert (answer.helpful, answer.version, tally_of(question).helped) == (5, 2, 5)


def test_a_topic_turned_twice_becomes_one_idea(question, author, team_member, board):
    results = at_once(
        partial(linking.turn_into_idea, topic=question, by=author, board=board),
        partial(linking.turn_into_idea, topic=question, by=team_member, board=board),
    )
    assert codes(results) == ["became_already", "done"]
    assert Idea.objects.count() == TopicLink.objects.count() == 1
