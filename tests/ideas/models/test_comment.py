"""Threads two deep on one idea; a count that is always right."""

import pytest

from ideas.models import CommentRevision, HelpfulMark
from ideas.services.discussing import edit_comment
from tests.factories.ideas import IdeaFactory, said_on
from tests.sql import refused, sql

pytestmark = pytest.mark.django_db

INSERT = """
    INSERT INTO ideas_comment (idea_id, parent_id, author_id, kind, body, body_html, helpful,
        unhelpful, helpful_score, version)
    VALUES (%s, %s, %s, %s, 'Hm.', '<p>Hm.</p>', 0, 0, 0, 1) RETURNING id
"""


def comments(idea):
    idea.tally.refresh_from_db()
    return idea.tally.comments


def test_a_reply_to_a_reply(idea, stranger):
    first = said_on(idea)
    reply = said_on(idea, parent=first)
    with refused("A reply answers a first comment"):
        sql(INSERT, idea.pk, reply.pk, stranger.pk, "comment")


def test_a_reply_to_a_comment_elsewhere(idea, stranger):
    elsewhere = said_on(IdeaFactory())
    with refused("A reply answers a first comment"):
        sql(INSERT, idea.pk, elsewhere.pk, stranger.pk, "comment")


def test_a_comment_with_replies_is_not_moved_below_another(idea):
    first, second = said_on(idea), said_on(idea)
    said_on(idea, parent=second)
    with refused("A reply answers a first comment"):
        sql("UPDATE ideas_comment SET parent_id = %s WHERE id = %s", first.pk, second.pk)


def test_a_reply_is_plain(idea, stranger):
    first = said_on(idea)
    with refused("replies_are_plain"):
        sql(INSERT, idea.pk, first.pk, stranger.pk, "question")


@pytest.mark.parametrize("kind", ["comment", "builds_on"])
def test_only_questions_and_concerns_are_resolved(idea, kind):
    said = said_on(idea, kind=kind)
    with refused("only_questions_and_concerns_are_resolved"):
        sql("UPDATE ideas_comment SET resolved_at = now() WHERE id = %s", said.pk)


def test_the_count_follows_every_change(idea, stranger):
    first, second = said_on(idea), said_on(idea)
    assert comments(idea) == 2
    sql("UPDATE ideas_comment SET hidden_at = now() WHERE id = %s", first.pk)
    assert comments(idea) == 1
    sql("UPDATE ideas_comment SET hidden_at = now() WHERE id = %s", first.pk)
    assert comments(idea) == 1
    sql("UPDATE ideas_comment SET hidden_at = NULL WHERE id = %s", first.pk)
    assert comments(idea) == 2
    sql("DELETE FROM ideas_comment WHERE id = %s", second.pk)
    assert comments(idea) == 1


def test_the_count_never_goes_below_nothing(idea):
    with refused("comments_not_negative"):
        sql("UPDATE ideas_ideatally SET comments = -1")


def test_one_helpful_mark_each(idea, stranger, supporter):
    said = said_on(idea)
    HelpfulMark.objects.create(comment=said, member=stranger, helpful=True)
    with refused("one_mark_each"):
        sql(
            "INSERT INTO ideas_helpfulmark (comment_id, member_id, helpful) VALUES (%s, %s, true)",
            said.pk,
            stranger.pk,
        )


def test_what_a_comment_said_before_is_kept(idea, stranger):
    said = said_on(idea, by=stranger)
    edit_comment(comment=said, by=stranger, version=1, body="Better.")
    with refused("pgtrigger"):
        sql("UPDATE ideas_commentrevision SET body = 'I never said so.'")
    assert CommentRevision.objects.get().body == "Good."
