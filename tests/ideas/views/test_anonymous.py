"""Pages for visitors are ready-made: no cookie, no token, an ETag, and never a member's."""

import pytest
from django.test import Client

from ideas.services.supporting import give_support
from ideas.services.writing import revise
from tests.factories.ideas import idea_in, said_on
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

OPEN = [
    "/",
    "/ideas/",
    "/ideas/?q=charge",
    "/boards/",
    "/boards/charging/",
    "/ideas/ordering/",
    "/roadmap/",
    "/changelog/",
]


@pytest.fixture
def addresses(idea):
    said = said_on(idea)
    idea_pages = [
        f"/ideas/{idea.pk}/",
        f"/ideas/{idea.pk}/history/",
        f"/comments/{said.pk}/history/",
    ]
    return [*OPEN, *idea_pages]


def test_no_cookie_and_no_token(visitor, addresses):
    for address in addresses:
        response = visitor.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "csrf" not in response.content.decode().lower(), address


def test_a_second_visit_costs_no_statement(visitor, addresses, django_assert_num_queries):
    first = [visitor.get(address) for address in addresses]
    with django_assert_num_queries(0):
        second = [Client().get(address) for address in addresses]
    assert [r.content for r in first] == [r.content for r in second]


def test_an_etag_saves_the_bytes(visitor, addresses):
    for address in addresses:
        etag = visitor.get(address).headers["ETag"]
        again = visitor.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b""), address
        assert again.headers["ETag"] == etag
        other = visitor.get(address, headers={"If-None-Match": '"something-else"'})
        assert other.status_code == 200


@pytest.mark.parametrize("match", ["W/{etag}", '"a", {etag}, "b"'])
def test_other_ways_to_name_an_etag(visitor, idea, match):
    etag = visitor.get("/ideas/").headers["ETag"]
    again = visitor.get("/ideas/", headers={"If-None-Match": match.format(etag=etag)})
    assert again.status_code == 304


def test_head_is_answered_without_a_body(visitor, idea):
    response = visitor.head("/ideas/")
    assert (response.status_code, response.content) == (200, b"")
    assert visitor.get("/ideas/").content


def test_languages_do_not_mix(visitor, idea):
    german = visitor.get("/ideas/", headers={"Accept-Language": "de"})
    english = visitor.get("/ideas/", headers={"Accept-Language": "en"})
    assert '<html lang="de">' in german.content.decode()
    assert '<html lang="en">' in english.content.decode()
    assert german.headers["ETag"] != english.headers["ETag"]
    assert {"Accept-Language", "Cookie", "HX-Request"} <= set(german.headers["Vary"].split(", "))


def test_parts_and_wholes_do_not_mix(visitor, idea):
    part = read(visitor.get("/ideas/", headers={"HX-Request": "true"}))
    whole = read(visitor.get("/ideas/"))
    assert not part.is_whole
    assert whole.is_whole


def test_addresses_do_not_mix(visitor, idea):
    declined = idea_in("declined")
    assert idea.pk in read(visitor.get("/ideas/?status=open")).cards
    assert read(visitor.get("/ideas/?status=declined")).cards == [declined.pk]


def test_a_visitor_never_gets_a_members_page(visitor, as_stranger, addresses):
    for address in addresses:
        assert "Tom Okafor" in read(as_stranger.get(address)), address
        assert "Tom Okafor" not in read(visitor.get(address)), address


def test_a_member_never_gets_a_visitors_page(visitor, as_stranger, stranger, idea):
    visitor.get(f"/ideas/{idea.pk}/")
    give_support(idea=idea, member=stranger)
    page = read(as_stranger.get(f"/ideas/{idea.pk}/"))
    assert "Supported" in page
    assert "csrfmiddlewaretoken" in page.html


def test_members_pages_are_nobody_elses(as_stranger, idea):
    headers = as_stranger.get("/ideas/").headers
    assert "ETag" not in headers
    assert "public" not in headers.get("Cache-Control", "")


def test_who_signs_out_sees_the_visitors_page_again(as_stranger, idea):
    as_stranger.get("/ideas/")
    as_stranger.logout()
    assert "Tom Okafor" not in read(as_stranger.get("/ideas/"))


def test_errors_are_not_kept(visitor, idea):
    assert visitor.get("/ideas/?cursor=x").status_code == 400
    assert "ETag" not in visitor.get("/ideas/?cursor=x").headers
    assert "ETag" not in visitor.get("/ideas/999999/").headers


def test_a_page_is_a_few_seconds_old_at_the_most(visitor, idea, settings):
    settings.ANONYMOUS_PAGE_SECONDS = 0
    address = f"/ideas/{idea.pk}/"
    visitor.get(address)
    revise(idea=idea, by=idea.author, version=1, title="Charge by day", body="", tags=())
    assert "Charge by day" in read(visitor.get(address))
