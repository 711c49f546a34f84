import pytest

from activity.models import EventRecord
from community.errors import Refused
from community.models import SolvedToo, TopicTally
from community.services import answers
from tests.factories.forum import replied

pytestmark = pytest.mark.django_db


def facts():
    rows = EventRecord.objects.filter(kind__regex="answer_|solved_").order_by("id")
    return [(row.kind.removeprefix("community."), row.payload["reply_id"]) for row in rows]


def test_the_asker_accepts(question, answer, author):
    answers.accept(reply=answer, by=author)
    answer.refresh_from_db()
    assert (answer.accepted_at is not None, answer.accepted_by) == (True, author)
    assert TopicTally.objects.get().answered_at == answer.accepted_at
    assert facts() == [("answer_accepted", answer.pk)]
    assert EventRecord.objects.latest("id").payload == {
        "topic_id": question.pk,
        "reply_id": answer.pk,
        "author_id": answer.author_id,
        "asker_id": author.pk,
    }


def test_accepting_again_changes_nothing(answer, author, team_member):
    answers.accept(reply=answer, by=author)
    answers.accept(reply=answer, by=team_member)
    answer.refresh_from_db()
    assert answer.accepted_by == author
    assert len(facts()) == 1


def test_a_better_answer_takes_its_place(question, answer, author, team_member):
    better = replied(question, "In the attic.")
    answers.accept(reply=answer, by=author)
    answers.accept(reply=better, by=team_member)
    answer.refresh_from_db()
    assert (answer.accepted_at, answer.accepted_by) == (None, None)
    assert facts() == [
        ("answer_accepted", answer.pk),
        ("answer_unaccepted", answer.pk),
        ("answer_accepted", better.pk),
    ]


def test_taken_back_it_waits_again(question, answer, author):
    answers.accept(reply=answer, by=author)
    for _ in range(2):
        answers.unaccept(topic=question, by=author)
    assert TopicTally.objects.get().answered_at is None
    assert facts() == [("answer_accepted", answer.pk), ("answer_unaccepted", answer.pk)]


class TestSolvedMineToo:
    def test_said_once_and_taken_back(self, answer, author, stranger):
        answers.accept(reply=answer, by=author)
        for _ in range(2):
            said = answers.say_solved(reply=answer, by=stranger, solved=True)
        assert said.solved == 1
        assert TopicTally.objects.get().solved == 1
        for _ in range(2):
            said = answers.say_solved(reply=answer, by=stranger, solved=False)
        assert said.solved == 0
        assert not SolvedToo.objects.exists()
        assert [kind for kind, _pk in facts()] == [
            "answer_accepted",
            "solved_mine_too",
            "solved_mine_too_withdrawn",
        ]


def test_an_answer_is_named_by_its_number(question, answer):
    assert answers.answer_named(question, answer.pk) == answer
    with pytest.raises(Refused) as refused:
        answers.answer_named(question, answer.pk + 1)
    assert refused.value.code == "missing_reply"
