"""The API of the feed and of writing together: the rules of the pages."""

import pytest

from community.models.token import Scope
from ideas.services import cowriting, writing
from tests.factories.community import MemberFactory, befriend, secret_of
from tests.factories.ideas import DraftFactory, said_on

pytestmark = pytest.mark.django_db

V1 = "/api/v1/"


@pytest.fixture
def friend(author):
    friend = MemberFactory(handle="frida", display_name="Frida Nowak")
    befriend(author, friend)
    return friend


@pytest.fixture
def draft(board, author):
    return DraftFactory(board=board, author=author, title="Charge by day")


@pytest.fixture
def as_(api):
    def acting(member):
        secret = secret_of(member, Scope.READ, Scope.WRITE, Scope.SUPPORT, Scope.FRIENDS)
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return api

    return acting


def test_a_draft_is_written_together(as_, draft, author, friend):
    ada = as_(author)
    answer = ada.post(f"{V1}ideas/{draft.pk}/co-authors/", {"handle": "frida"}, format="json")
    assert answer.status_code == 201
    assert [row["state"] for row in answer.json()["results"]] == ["invited"]
    frida = as_(friend)
    (row,) = frida.get(f"{V1}invitations/").json()["results"]
    assert (row["idea"], row["author"]["handle"]) == (draft.pk, "ada")
    accept = {"accept": True}
    answer = frida.put(f"{V1}ideas/{draft.pk}/invitation/", accept, format="json")
    assert answer.status_code == 204
    assert [row["id"] for row in frida.get(f"{V1}drafts/").json()["results"]] == [draft.pk]
    writing.post(draft=draft, by=author)
    idea = frida.get(f"{V1}ideas/{draft.pk}/").json()
    assert idea["co_authors"] == [{"handle": "frida", "display_name": "Frida Nowak"}]
    answer = frida.put(f"{V1}ideas/{draft.pk}/support/")
    assert (answer.status_code, answer.json()["code"]) == (403, "co_author")


def test_refusals_have_their_codes(as_, draft, author, stranger):
    answer = as_(author).post(f"{V1}ideas/{draft.pk}/co-authors/", {"handle": "tom"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_a_friend")


def test_a_stale_draft_is_refused(as_, draft, author):
    ada = as_(author)
    read = ada.get(f"{V1}ideas/{draft.pk}/").json()["draft_version"]
    said = {"title": "Noon", "draft_version": read}
    assert ada.patch(f"{V1}ideas/{draft.pk}/", said, format="json").status_code == 200
    answer = ada.patch(f"{V1}ideas/{draft.pk}/", said, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")


def test_leaving_and_removing(as_, draft, author, friend):
    for who, status in ((friend, 204), (author, 200)):
        cowriting.invite(draft=draft, by=author, friend=friend)
        cowriting.accept(draft=draft, by=friend)
        answer = as_(who).delete(f"{V1}ideas/{draft.pk}/co-authors/frida/")
        assert answer.status_code == status
        draft.refresh_from_db()
        assert draft.co_author_ids == []


def test_strangers_learn_nothing_of_a_draft(as_, draft, stranger):
    assert as_(stranger).get(f"{V1}ideas/{draft.pk}/co-authors/").status_code == 404


def test_the_feed_reads_like_the_page(as_, author, friend, idea):
    said_on(idea, body="At dawn.", by=friend)
    (line,) = as_(author).get(f"{V1}feed/").json()["results"]
    assert (line["kind"], line["sentence"]) == ("commented", "Frida Nowak commented")
    assert line["excerpt"] == "At dawn."
    assert [row["title"] for row in line["ideas"]] == ["Charge at night"]
    assert [row["handle"] for row in line["actors"]] == ["frida"]


def test_a_place_that_is_none_is_refused(as_, author):
    assert as_(author).get(f"{V1}feed/?cursor=nonsense").status_code == 400


def test_boards_tags_and_members_are_followed(as_, member, stranger, idea):
    idea.tags.set(["night"])
    mara = as_(member)
    for address in ("boards/charging", "tags/night"):
        assert mara.put(f"{V1}{address}/follow/").json() == {"following": True}
    assert mara.put(f"{V1}members/tom/follow/").status_code == 204
    followed = mara.get(f"{V1}follows/").json()
    assert [row["slug"] for row in followed["boards"]] == ["charging"]
    assert [row["name"] for row in followed["tags"]] == ["night"]
    assert [row["handle"] for row in followed["members"]] == ["tom"]
    for address in ("boards/charging", "tags/night", "members/tom"):
        mara.delete(f"{V1}{address}/follow/")
    assert set(map(len, mara.get(f"{V1}follows/").json().values())) == {0}


def test_the_address_of_the_feed(as_, api, member):
    mara = as_(member)
    path = "/feed/" + mara.post(f"{V1}feed/address/").json()["url"].split("/feed/")[1]
    assert api.get(path).status_code == 200
    assert mara.delete(f"{V1}feed/address/").status_code == 204
    assert api.get(path).status_code == 404
