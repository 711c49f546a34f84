"""What the database itself refuses in the forum, whoever writes."""

import pytest
from django.db import transaction

from community.models import Reply, Space, Topic, TopicTally
from community.services import answers
from tests.factories.community import MemberFactory
from tests.factories.forum import SpaceFactory, opened, replied
from tests.sql import refused, sql

pytestmark = pytest.mark.django_db


def accept(reply):
    sql("UPDATE community_reply SET accepted_at = now() WHERE id = %s", reply.pk)


def test_a_question_has_one_answer(question, answer):
    other = replied(question, "In the attic.")
    accept(answer)
    with refused("one_answer_a_topic"):
        accept(other)


@pytest.mark.parametrize("kind", ["discussion", "announcement"])
def test_only_a_question_has_an_answer(space, team_member, kind):
    topic = opened(space, kind, by=team_member)
    with refused("Only a question has an answer"):
        accept(replied(topic))


def test_a_hidden_reply_is_no_answer(answer):
    accept(answer)
    with refused("answers_are_not_hidden"):
        sql("UPDATE community_reply SET hidden_at = now() WHERE id = %s", answer.pk)


def test_a_quote_is_of_the_same_topic(space, answer):
    elsewhere = replied(opened(space, title="Which plug?"))
    with refused("quotes another reply of the same topic"):
        sql("UPDATE community_reply SET quotes_id = %s WHERE id = %s", elsewhere.pk, answer.pk)
    with refused("quotes another reply of the same topic"):
        sql("UPDATE community_reply SET quotes_id = id WHERE id = %s", answer.pk)


def solve(reply, member):
    statement = "INSERT INTO community_solvedtoo (reply_id, member_id) VALUES (%s, %s)"
    sql(statement, reply.pk, member.pk)


def test_it_solves_only_what_others_asked(question, answer, author, supporter, stranger):
    with refused("solves it for others"):
        solve(answer, stranger)
    accept(answer)
    for mine in (author, supporter):
        with refused("solves it for others"):
            solve(answer, mine)
    solve(answer, stranger)
    with refused("solved_mine_too_once"):
        solve(answer, stranger)


def test_an_announcement_is_a_team_s(space, author):
    with refused("announcements_are_a_team_s"):
        sql(
            "INSERT INTO community_topic (space_id, author_id, kind, title, body, body_html,"
            " snippet, language, version)"
            " VALUES (%s, %s, 'announcement', 'a', 'b', '', '', 'en', 1)",
            space.pk,
            author.pk,
        )


def test_a_topic_keeps_its_kind(question):
    with refused("topics_keep_their_kind"):
        sql("UPDATE community_topic SET kind = 'discussion' WHERE id = %s", question.pk)


@pytest.mark.parametrize("slug", ["topics", "replies"])
def test_a_space_leaves_the_forum_its_words(slug):
    with refused("spaces_leave_our_words"), transaction.atomic():
        SpaceFactory(slug=slug)
    assert not Space.objects.exists()


@pytest.mark.parametrize("table", ["topicrevision", "replyrevision"])
def test_what_was_said_stays(question, answer, table):
    key, pk = ("topic", question.pk) if table == "topicrevision" else ("reply", answer.pk)
    extra = ", title" if key == "topic" else ""
    values = ", 't'" if key == "topic" else ""
    sql(
        f"INSERT INTO community_{table} ({key}_id, number, body{extra})"
        f" VALUES (%s, 1, 'was'{values})",
        pk,
    )
    with refused("history_is_kept"):
        sql(f"UPDATE community_{table} SET body = 'never was'")


def test_who_leaves_a_question_takes_its_tally_along(question, answer):
    Topic.objects.filter(pk=question.pk).delete()
    assert not Reply.objects.exists()
    assert not TopicTally.objects.exists()


def test_a_second_answer_begins_with_nobody_else(question, answer, author):
    """What solved it for others stays with the answer it was said of."""
    other = replied(question, "In the attic.")
    answers.accept(reply=answer, by=author)
    answers.say_solved(reply=answer, by=MemberFactory(), solved=True)
    answers.accept(reply=other, by=author)
    tally = TopicTally.objects.get(topic=question)
    assert (tally.solved, tally.helped) == (0, 1)
    answers.accept(reply=answer, by=author)
    tally.refresh_from_db()
    assert (tally.solved, tally.helped) == (1, 1)
