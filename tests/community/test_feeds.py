"""The forum's feeds: what stands in them, in which order, and what does not."""

from xml.etree import ElementTree

import pytest

from community.models import SiteSettings
from community.services import answers, hiding
from config.pages import shelf
from tests.factories.forum import SpaceFactory, opened, replied

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://ideas.example"


@pytest.fixture(autouse=True)
def _site(settings, db):
    settings.SITE_URL = SITE
    SiteSettings.objects.current()


def read(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


def test_the_newest_topics_of_all_spaces_or_of_one(visitor, space):
    opened(space, title="Fuse")
    opened(SpaceFactory(slug="garden"), title="Lamp & <light>")
    assert titles(read(visitor.get("/forum/feed.atom"))) == ["Lamp & <light>", "Fuse"]
    of_space = read(visitor.get("/forum/charging/feed.atom"))
    assert titles(of_space) == ["Fuse"]
    assert of_space.findtext(f"{ATOM}id") == f"{SITE}/forum/charging/"
    assert visitor.get("/forum/nowhere/feed.atom").status_code == 404


def test_an_entry_leads_to_the_topic_and_keeps_its_name(visitor, space, author):
    topic = opened(space, by=author)
    (entry,) = read(visitor.get("/forum/feed.atom")).findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href") == f"{SITE}/forum/topics/{topic.pk}/"
    day = f"{topic.created_at:%Y-%m-%d}"
    assert entry.findtext(f"{ATOM}id") == f"tag:ideas.example,{day}:topic/{topic.pk}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == author.display_name


def test_unanswered_questions_oldest_first(visitor, space, author):
    first, second = opened(space, title="First"), opened(space, title="Second")
    opened(space, kind="discussion", title="Only talk")
    assert titles(read(visitor.get("/forum/unanswered.atom"))) == ["First", "Second"]
    answers.accept(reply=replied(first), by=first.author)
    shelf.clear()
    assert titles(read(visitor.get("/forum/unanswered.atom"))) == ["Second"]
    hiding.set_topic_hidden(topic=second, hidden=True)
    shelf.clear()
    assert titles(read(visitor.get("/forum/unanswered.atom"))) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_feed_costs_the_same_with_more_rows(visitor, space, rows, django_assert_num_queries):
    for number in range(rows):
        opened(space, title=f"Fuse {number}")
    with django_assert_num_queries(2):
        assert len(titles(read(visitor.get("/forum/charging/feed.atom")))) == rows


def test_what_has_not_changed_is_not_sent_again(visitor, space):
    opened(space)
    tag = visitor.get("/forum/feed.atom").headers["ETag"]
    assert visitor.get("/forum/feed.atom", headers={"If-None-Match": tag}).status_code == 304
