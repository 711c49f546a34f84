"""The discussion by pages: none is lost, none comes twice, and each comment has its page."""

import pytest

from community.cursors import BadCursor
from ideas import threads
from ideas.ordering import Place
from ideas.services.discussing import mark_helpful
from ideas.services.hiding import set_comment_hidden
from tests.factories.community import MemberFactory
from tests.factories.ideas import said_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """Two threads to a page, with two replies; three replies where a thread is alone."""
    monkeypatch.setattr(threads, "THREADS", 2)
    monkeypatch.setattr(threads, "REPLIES", 2)
    monkeypatch.setattr(threads, "ALL_REPLIES", 3)


@pytest.fixture
def five(idea):
    """Five threads; the fourth helped most, the fifth helped."""
    rows = [said_on(idea) for _ in range(5)]
    for comment, marks in ((rows[3], 2), (rows[4], 1)):
        for _ in range(marks):
            mark_helpful(comment=comment, by=MemberFactory(), helpful=True)
        comment.refresh_from_db()
    return rows


def test_pages_reach_every_thread_once_the_most_helpful_first(idea, five):
    seen, place = [], None
    while True:
        talk = threads.page_of(idea, None, place)
        seen += talk.threads
        place = talk.next
        if place is None:
            break
    first, second, third, best, good = five
    assert seen == [best, good, first, second, third]


def test_only_the_first_page_has_nothing_before_it(idea, five):
    talk = threads.page_of(idea, None)
    assert not talk.is_later
    assert threads.page_of(idea, None, talk.next).is_later


def test_a_thread_brings_its_first_replies_and_says_that_there_are_more(idea):
    root = said_on(idea)
    replies = [said_on(idea, parent=root) for _ in range(3)]
    (thread,) = threads.page_of(idea, None).threads
    assert thread.shown_replies == replies[:2]
    assert thread.more_replies
    replies[0].delete()
    (thread,) = threads.page_of(idea, None).threads
    assert thread.shown_replies == replies[1:]
    assert not thread.more_replies


def test_alone_a_thread_shows_all_replies_by_pages(idea):
    root, other = said_on(idea), said_on(idea)
    replies = [said_on(idea, parent=root) for _ in range(5)]
    said_on(idea, parent=other)
    talk = threads.alone(idea, None, root)
    assert talk.comments == [root, *replies[:3]]
    talk = threads.alone(idea, None, root, after=talk.after_reply)
    assert talk.comments == [root, *replies[3:]]
    assert talk.after_reply is None


def test_around_a_comment_of_the_first_page_is_the_first_page(idea, five):
    reply = said_on(idea, parent=five[4])
    for comment in (five[3], five[4], reply):
        assert threads.around(idea, None, comment).threads == [five[3], five[4]]


def test_around_a_later_comment_is_the_page_that_begins_with_its_thread(idea, five):
    reply = said_on(idea, parent=five[1])
    for comment in (five[1], reply):
        talk = threads.around(idea, None, comment)
        assert talk.threads == [five[1], five[2]]
        assert comment in talk.comments
        assert talk.is_later


def test_around_a_late_reply_is_its_thread_alone(idea):
    root = said_on(idea)
    replies = [said_on(idea, parent=root) for _ in range(4)]
    talk = threads.around(idea, None, replies[3])
    assert talk.comments == [root, replies[3]]


def test_a_hidden_thread_stays_for_its_replies_alone(idea):
    bare, answered = said_on(idea), said_on(idea)
    said_on(idea, parent=answered)
    for comment in (bare, answered):
        set_comment_hidden(comment=comment, hidden=True)
    assert threads.page_of(idea, None).threads == [answered]


@pytest.mark.parametrize("key", ["word", "2026-01-01"])
def test_a_place_of_another_list(idea, key):
    with pytest.raises(BadCursor):
        threads.page_of(idea, None, Place(key, 1))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_cost(idea, rows, django_assert_num_queries):
    for _ in range(rows):
        said_on(idea, parent=said_on(idea))
    with django_assert_num_queries(2):
        threads.page_of(idea, None)
