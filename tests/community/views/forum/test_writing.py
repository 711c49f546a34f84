import pytest

from community.models import Topic
from community.services import answers
from tests.community.views.forum.conftest import words
from tests.factories.forum import SpaceFactory, opened, replied

pytestmark = pytest.mark.django_db

SAID = {
    "kind": "question",
    "title": "Where?",
    "body": "It is *dark*.",
    "language": "de",
    "tags": "a, B",
}


@pytest.fixture
def said(space):
    return SAID | {"space": space.pk}


def test_a_topic_is_opened(as_stranger, stranger, said):
    response = as_stranger.post("/forum/topics/new/", said)
    topic = Topic.objects.get()
    assert response.url == f"/forum/topics/{topic.pk}/"
    assert (topic.author, topic.language, topic.kind) == (stranger, "de", "question")
    assert sorted(topic.tags.names()) == ["a", "b"]


def test_a_double_click_opens_one(as_stranger, said):
    urls = {as_stranger.post("/forum/topics/new/", said).url for _ in range(2)}
    assert len(urls) == Topic.objects.count() == 1


def test_what_is_missing_is_named_and_what_was_typed_stays(as_stranger, said):
    response = as_stranger.post("/forum/topics/new/", said | {"title": "", "space": ""})
    assert response.status_code == 422
    assert "2 things need another look" in words(response)
    assert "It is *dark*." in response.content.decode()
    assert not Topic.objects.exists()


def test_a_preview_posts_nothing(as_stranger, said):
    response = as_stranger.post("/forum/topics/new/", said | {"action": "preview", "title": ""})
    assert response.status_code == 200
    assert "<em>dark</em>" in response.content.decode()
    assert not Topic.objects.exists()
    part = as_stranger.post("/forum/topics/preview/", {"body": "It is *dark*."})
    assert "<em>dark</em>" in part.content.decode()
    assert "<!DOCTYPE" not in part.content.decode()


def test_announcements_are_offered_to_teams_alone(as_stranger, as_team, said):
    assert "Announcement" not in words(as_stranger.get("/forum/topics/new/"))
    assert "Announcement" in words(as_team.get("/forum/topics/new/"))
    response = as_stranger.post("/forum/topics/new/", said | {"kind": "announcement"})
    assert response.status_code == 422
    assert as_team.post("/forum/topics/new/", said | {"kind": "announcement"}).status_code == 302


def test_a_team_announces_in_its_own_space_alone(as_team, said):
    elsewhere = SpaceFactory(slug="elsewhere")
    asked = said | {"kind": "announcement", "space": elsewhere.pk}
    response = as_team.post("/forum/topics/new/", asked)
    assert response.status_code == 422
    assert "Only the team of this space announces" in words(response)


def test_where_the_team_opens_members_find_no_such_space(as_stranger, as_team, team, space):
    SpaceFactory(name="News only", team=team, opened_by="team")
    assert "News only" not in words(as_stranger.get("/forum/topics/new/"))
    assert "News only" in words(as_team.get("/forum/topics/new/"))


def test_an_unconfirmed_address_is_told_at_the_end(signed_in, newcomer, said):
    response = signed_in(newcomer).post("/forum/topics/new/", said)
    assert response.status_code == 422
    assert "Confirm your e-mail address first" in words(response)
    assert "It is *dark*." in response.content.decode()


def test_the_address_fills_in_what_it_names(as_stranger, space):
    html = as_stranger.get("/forum/topics/new/?space=charging&q=Dark+here").content.decode()
    assert f'<option value="{space.pk}" selected>' in html
    assert 'value="Dark here"' in html


class TestSimilar:
    def test_answered_ones_come_first(self, visitor, space, author):
        waiting = opened(space, title="Where is the fuse box?", by=author)
        solved = opened(space, title="Fuse box: where?", by=author)
        answers.accept(reply=replied(solved), by=author)
        html = visitor.get("/forum/topics/similar/?title=where+is+my+fuse+box").content.decode()
        assert html.index(f"topics/{solved.pk}/") < html.index(f"topics/{waiting.pk}/")

    def test_shown_without_javascript_too(self, as_stranger, question, said):
        page = as_stranger.get("/forum/topics/new/?q=Where+is+the+fuse")
        assert "Has somebody asked it already?" in words(page)

    @pytest.mark.parametrize("title", ["", "a", "xyzzy plugh", "' | & ! ( : * \\"])
    def test_nothing_to_show(self, visitor, question, title):
        response = visitor.get("/forum/topics/similar/", {"title": title})
        assert response.status_code == 200
        assert "Has somebody" not in words(response)

    def test_misspelt_and_in_another_order(self, visitor, space):
        topic = opened(space, title="Wärmepumpe brummt nachts", language="de")
        for title in ("Wärmepmpe brumt nachts", "nachts brummen Wärmepumpen"):
            html = visitor.get("/forum/topics/similar/", {"title": title}).content.decode()
            assert f"topics/{topic.pk}/" in html


class TestEdit:
    def test_changed(self, as_author, question):
        page = as_author.get(f"/forum/topics/{question.pk}/edit/")
        assert "It went dark." in page.content.decode()
        said = {"title": "Where?", "body": "Dark.", "tags": "fuse", "version": 1}
        response = as_author.post(f"/forum/topics/{question.pk}/edit/", said)
        assert response.url == f"/forum/topics/{question.pk}/"
        question.refresh_from_db()
        assert (question.title, question.version) == ("Where?", 2)

    def test_who_was_slower_keeps_the_words(self, as_author, question):
        said = {"title": "Where?", "body": "Dark.", "tags": "", "version": 1}
        as_author.post(f"/forum/topics/{question.pk}/edit/", said)
        response = as_author.post(f"/forum/topics/{question.pk}/edit/", said | {"body": "Mine."})
        assert response.status_code == 422
        assert "changed while you were writing" in words(response)
        assert "Mine." in response.content.decode()

    def test_a_preview_saves_nothing(self, as_author, question):
        said = {"title": "W", "body": "*New*", "tags": "", "version": 1, "action": "preview"}
        response = as_author.post(f"/forum/topics/{question.pk}/edit/", said)
        assert "<em>New</em>" in response.content.decode()
        question.refresh_from_db()
        assert question.version == 1

    def test_nobody_else_changes_it(self, as_team, question):
        assert as_team.get(f"/forum/topics/{question.pk}/edit/").status_code == 403
