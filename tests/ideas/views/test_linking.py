"""Topics and ideas on each other's pages."""

import pytest

from community.services import hiding
from ideas.models import Idea, TopicLink
from ideas.services import linking, writing
from ideas.services.hiding import set_idea_hidden
from tests.factories.forum import opened
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(space, stranger):
    return opened(space, by=stranger, title="Why no lamp?")


def test_the_author_goes_on_writing_the_idea(as_stranger, topic, board):
    page = read(as_stranger.get(f"/forum/topics/{topic.pk}/"))
    assert "Turn into an idea" in page
    response = as_stranger.post(f"/forum/topics/{topic.pk}/idea/", {"board": board.pk})
    draft = Idea.objects.get()
    assert response.url == f"/ideas/{draft.pk}/edit/"
    assert read(as_stranger.get(response.url)).value_of("title") == "Why no lamp?"
    page = read(as_stranger.get(f"/forum/topics/{topic.pk}/"))
    assert "began as this topic" in page
    assert "Turn into an idea" not in page


def test_the_team_offers_it(as_team, topic, board):
    address = f"/forum/topics/{topic.pk}/"
    response = as_team.post(f"{address}idea/", {"board": board.pk}, follow=True)
    assert "Tom Okafor finds a draft with the topic's words" in read(response)
    # The draft is its author's, so nothing of it shows.
    assert "Why no lamp?" in read(response)
    assert "began as this topic" not in read(response)
    assert "Turn into an idea" not in read(response)


@pytest.mark.parametrize("sent", ["", "x", "999999"])
def test_an_idea_needs_a_board(as_stranger, topic, board, sent):
    response = as_stranger.post(f"/forum/topics/{topic.pk}/idea/", {"board": sent}, follow=True)
    assert "Choose a board for the idea." in read(response)
    assert not Idea.objects.exists()


def test_a_stranger_is_told_why_not(as_author, topic, board):
    assert "Turn into an idea" not in read(as_author.get(f"/forum/topics/{topic.pk}/"))
    response = as_author.post(f"/forum/topics/{topic.pk}/idea/", {"board": board.pk}, follow=True)
    assert "The author of the topic or the team makes an idea of it." in read(response)


@pytest.mark.parametrize("named", ["{0}", "idea {0}", "/ideas/{0}/", "https://x.org/ideas/{0}/#c"])
def test_an_idea_is_linked_by_its_address(as_stranger, topic, idea, named):
    said = {"idea": named.format(idea.pk).replace("idea ", "ideas/")}
    as_stranger.post(f"/forum/topics/{topic.pk}/ideas/", said)
    assert TopicLink.objects.get().idea == idea


def test_a_topic_is_linked_from_the_idea_and_both_pages_show_it(
    as_author, visitor, as_stranger, topic, idea
):
    said = {"topic": f"https://example.org/forum/topics/{topic.pk}/?from=3"}
    assert as_author.post(f"/ideas/{idea.pk}/topics/", said).status_code == 302
    assert "Why no lamp?" in read(visitor.get(f"/ideas/{idea.pk}/"))
    assert "Charge at night" in read(visitor.get(f"/forum/topics/{topic.pk}/"))
    as_author.post(f"/ideas/{idea.pk}/topics/", {"topic": topic.pk, "on": "false"})
    assert not TopicLink.objects.exists()


@pytest.mark.parametrize("named", ["", "lamp", "0", "99999999999999999999", "999999"])
def test_what_is_not_there_is_said(as_author, as_stranger, topic, idea, named):
    page = as_author.post(f"/ideas/{idea.pk}/topics/", {"topic": named}, follow=True)
    assert "There is no topic of that number or address." in read(page)
    page = as_stranger.post(f"/forum/topics/{topic.pk}/ideas/", {"idea": named}, follow=True)
    assert "There is no idea of that number or address." in read(page)


def test_a_refusal_is_said(signed_in, supporter, topic, idea):
    page = signed_in(supporter).post(
        f"/forum/topics/{topic.pk}/ideas/", {"idea": idea.pk}, follow=True
    )
    assert "The authors or the teams link a topic and an idea." in read(page)


def test_what_is_hidden_on_one_side_shows_on_neither(as_author, as_team, topic, idea, team_member):
    linking.link(topic=topic, idea=idea, by=team_member)
    hiding.set_topic_hidden(topic=topic, hidden=True)
    assert "Why no lamp?" not in read(as_author.get(f"/ideas/{idea.pk}/"))
    hiding.set_topic_hidden(topic=topic, hidden=False)
    set_idea_hidden(idea=idea, hidden=True)
    assert "Charge at night" not in read(as_team.get(f"/forum/topics/{topic.pk}/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_links_cost_the_same(
    rows, visitor, space, team_member, idea, topic, django_assert_num_queries
):
    for number in range(rows):
        linking.link(topic=opened(space, title=f"Lamp {number}"), idea=idea, by=team_member)
        linking.link(
            topic=topic,
            idea=writing.post(
                draft=linking.turn_into_idea(
                    topic=opened(space, by=topic.author, title=f"Dark {number}"),
                    by=topic.author,
                    board=idea.board,
                ),
                by=topic.author,
            ),
            by=team_member,
        )
    visitor.get("/forum/")
    with django_assert_num_queries(5):
        visitor.get(f"/forum/topics/{topic.pk}/")
    with django_assert_num_queries(6):
        visitor.get(f"/ideas/{idea.pk}/")


def test_a_search_for_ideas_shows_what_the_forum_knows(visitor, topic, idea, as_stranger):
    page = read(visitor.get("/ideas/?q=lamp"))
    assert "1 topic in the forum matches" in page
    assert "Forum (1)" in page
    hiding.set_topic_hidden(topic=topic, hidden=True)
    page = read(as_stranger.get("/ideas/?q=lamp"))
    assert "in the forum match" not in page


def test_the_api_links_too(api, idea, topic, author, stranger, board):
    address = f"/api/v1/ideas/{idea.pk}/topics/"
    api.force_authenticate(author)
    assert api.put(f"{address}{topic.pk}/").status_code == 204
    assert [row["topic"]["id"] for row in api.get(address).json()["results"]] == [topic.pk]
    there = f"/api/v1/topics/{topic.pk}/ideas/"
    assert [row["idea"]["id"] for row in api.get(there).json()["results"]] == [idea.pk]
    assert api.delete(f"{address}{topic.pk}/").status_code == 204
    assert api.post(there, {"board": "charging"}).json()["code"] == "not_yours"
    api.force_authenticate(stranger)
    made = api.post(there, {"board": "charging"})
    assert (made.status_code, made.json()["status"]) == (201, "draft")
    assert made.json()["author"]["handle"] == "tom"


def test_a_team_that_offers_a_draft_does_not_read_it(api, topic, team_member, board):
    api.force_authenticate(team_member)
    made = api.post(f"/api/v1/topics/{topic.pk}/ideas/", {"board": "charging"})
    assert (made.status_code, made.content) == (204, b"")
    assert Idea.objects.get().author == topic.author
