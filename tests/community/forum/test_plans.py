"""EXPLAIN of every query of the forum: each uses its index, whatever the size of the site."""

from dataclasses import replace

import pytest

from benchmarks.generator import words
from community.forum import finding, knowledge
from community.forum.listing import Wanted, page_of
from community.forum.ordering import LATEST, NEW, ORDERS, TOP, WAITING
from community.models import Member, Reply, Topic
from tests.plans import SITE, indexes_of, plans_of, sorted_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("large_site")]

INDEXES = {LATEST: "topics_latest", NEW: "topics_new", TOP: "topics_top", WAITING: "topics_waiting"}


@pytest.mark.parametrize("space", ["", "charging"])
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_list_reads_its_index_and_no_more(order, space):
    index = INDEXES[order] + ("_space" if space else "")
    wanted, after = Wanted(order=order, space=space), None
    for _ in range(3):
        asked = replace(wanted, after=after)
        plans = plans_of(lambda asked=asked: page_of(asked))
        assert index in indexes_of(plans)
        assert not sorted_rows(plans)
        after = page_of(asked).next
        assert after is not None


def test_a_rare_tag_and_an_author_are_found_by_their_own_indexes():
    plans = plans_of(lambda: page_of(Wanted(author="m_7")))
    assert "topic_by_author" in indexes_of(plans)
    assert SITE.topics == 1


@pytest.mark.parametrize("word", [words.RARE, words.MEDIUM])
def test_words_are_found_by_their_index(word):
    plans = plans_of(lambda: page_of(Wanted(words=word)))
    assert {"topic_words", "reply_words"} <= indexes_of(plans)
    assert "topic_words" in indexes_of(plans_of(lambda: finding.glance(word)))


def test_misspelt_words_are_found_by_their_letters():
    plans = plans_of(lambda: page_of(Wanted(words="Quastenflossr")))
    assert "topic_title_trigrams" in indexes_of(plans)


def test_similar_topics_are_found_by_words_and_letters():
    title = Topic.objects.filter(title__contains=words.RARE)[0].title
    found = indexes_of(plans_of(lambda: finding.similar(title=title, viewer=None)))
    assert {"topic_words", "topic_title_trigrams"} <= found


def test_announcements_are_read_from_their_end():
    assert "topics_announced" in indexes_of(plans_of(lambda: list(Topic.objects.announced()[:4])))


@pytest.mark.parametrize("kind", ["question", "discussion"])
def test_a_topic_s_page_reads_only_its_own_rows(client, kind):
    member = Member.objects.order_by("-id")[0]
    client.force_login(member)
    topic = Topic.objects.filter(kind=kind, hidden_at=None, tally__replies__gt=2)[0]
    plans_of(lambda: client.get(topic.get_absolute_url()))


def test_what_somebody_knows_is_found_by_its_index():
    author = Reply.objects.accepted()[0].author
    assert "answers_by_author" in indexes_of(plans_of(lambda: knowledge.answers_of(author)))
