import pytest
from rest_framework.test import APIClient

from community import circle
from community.throttles import WriteThrottle
from tests.factories.community import MemberFactory, befriend, secret_of

pytestmark = pytest.mark.django_db

ME = "/api/v1/me/"


def bearer(api, *args):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(*args)}")
    return api


def test_a_stranger_is_asked_who_it_is(api, db):
    response = api.get(ME)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("header", ["Bearer plenum_x", "Bearer", "bearer \xff", "Bearer a b c"])
def test_a_wrong_token_is_refused(api, db, header):
    api.credentials(HTTP_AUTHORIZATION=header)
    assert api.get(ME).status_code == 401


def test_a_member_reads_and_changes_the_own_profile(api, member):
    bearer(api, member, "read", "write")
    assert api.get(ME).data["handle"] == "mara"
    response = api.patch(ME, {"display_name": " Mara\x00  L. ", "time_zone": "Europe/Lisbon"})
    assert (response.status_code, response.data["display_name"]) == (200, "Mara L.")
    member.refresh_from_db()
    assert member.time_zone == "Europe/Lisbon"


def test_a_token_reaches_no_further_than_its_scopes(api, member):
    bearer(api, member, "read")
    assert api.get(ME).status_code == 200
    assert api.patch(ME, {"display_name": "New"}).status_code == 403
    bearer(api, member, "support")
    assert api.get(ME).status_code == 403


def test_a_session_needs_no_scope(api, member):
    api.force_login(member)
    assert api.patch(ME, {"mails": False}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"display_name": ""},
        {"display_name": "\u200b"},
        {"display_name": "x" * 81},
        {"display_name": ["x"]},
        {"handle": "A b"},
        {"handle": "a\x00bc"},
        {"language": "xx"},
        {"time_zone": "Nowhere"},
        {"mails": "perhaps"},
    ],
)
def test_bad_values_are_refused(api, member, change):
    bearer(api, member, "write")
    assert api.patch(ME, change).status_code == 400


def test_half_a_character_is_refused(api, member):
    bearer(api, member, "write")
    body = '{"display_name": "\\ud800"}'
    assert api.patch(ME, body, content_type="application/json").status_code == 400


def test_a_taken_handle_is_refused_at_its_field(api, member):
    MemberFactory(handle="tom")
    bearer(api, member, "write")
    response = api.patch(ME, {"handle": "tom"})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["handle"]


def test_what_is_not_the_members_to_say_is_left_alone(api, member):
    bearer(api, member, "write")
    api.patch(ME, {"email": "other@example.org", "trust_level": 4, "standing": 9, "is_staff": True})
    before = (member.email, member.trust_level, member.standing, member.is_staff)
    member.refresh_from_db()
    assert (member.email, member.trust_level, member.standing, member.is_staff) == before


def test_writing_is_slowed_down(api, member, monkeypatch):
    monkeypatch.setattr(WriteThrottle, "THROTTLE_RATES", {"write": "2/min"})
    bearer(api, member, "read", "write")
    answers = [api.patch(ME, {"mails": False}).status_code for _number in range(3)]
    assert answers == [200, 200, 429]
    assert api.get(ME).status_code == 200


# --- People, friends and distances -----------------------------------------------------------
V1 = "/api/v1/"


@pytest.fixture
def mara(api, member):
    return bearer(api, member, "read", "write", "friends")


def test_from_asking_to_friends(mara, member, stranger):
    told = mara.put(f"{V1}friend-requests/tom/").json()
    assert (told["state"], told["is_blocked"], told["is_muted"]) == ("sent", False, False)
    sent = mara.get(f"{V1}friend-requests/?direction=sent").json()
    assert [row["member"]["handle"] for row in sent["results"]] == ["tom"]
    tom = bearer(APIClient(), stranger, "friends")
    received = tom.get(f"{V1}friend-requests/").json()
    assert received["results"][0]["mutual_count"] == 0
    answer = tom.put(f"{V1}friend-requests/mara/answer/", {"accept": True}, format="json")
    assert answer.json()["state"] == "friends"
    assert mara.get(f"{V1}friends/").json()["results"][0]["member"]["handle"] == "tom"
    assert mara.get(f"{V1}friends/tom/").json()["state"] == "friends"
    assert mara.get(f"{V1}members/tom/friends/").json()["results"][0]["member"]["handle"] == "mara"
    assert mara.delete(f"{V1}friends/tom/").json()["state"] == "none"


def test_a_decline_is_silent_for_programs_too(mara, member, stranger):
    mara.put(f"{V1}friend-requests/tom/")
    before = mara.get(f"{V1}friends/tom/").json()
    tom = bearer(APIClient(), stranger, "friends")
    tom.put(f"{V1}friend-requests/mara/answer/", {"accept": False}, format="json")
    assert mara.get(f"{V1}friends/tom/").json() == before
    assert len(mara.get(f"{V1}friend-requests/?direction=sent").json()["results"]) == 1
    assert mara.delete(f"{V1}friend-requests/tom/").json()["state"] == "none"


def test_blocks_and_mutes(mara, member, stranger):
    for name in ("blocks", "mutes"):
        assert mara.put(f"{V1}{name}/tom/").status_code == 204
        assert mara.put(f"{V1}{name}/tom/").status_code == 204
        (row,) = mara.get(f"{V1}{name}/").json()["results"]
        assert row["member"]["handle"] == "tom"
        assert mara.delete(f"{V1}{name}/tom/").status_code == 204
        assert mara.get(f"{V1}{name}/").json()["results"] == []


def test_suggestions_say_why_and_are_dismissed(mara, member, stranger, author):
    befriend(member, author)
    befriend(author, stranger)
    (row,) = mara.get(f"{V1}suggestions/").json()["results"]
    assert (row["member"]["handle"], row["reason"]) == ("tom", "Friends with Ada Brandt")
    assert mara.delete(f"{V1}suggestions/tom/").status_code == 204
    assert mara.get(f"{V1}suggestions/").json()["results"] == []


def test_a_refusal_has_its_code(mara, member, stranger):
    answer = mara.put(f"{V1}friend-requests/tom/answer/", {"accept": True}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "no_request")


PRIVATE = [
    ("get", "friends/"), ("get", "friends/tom/"), ("delete", "friends/tom/"),
    ("get", "friend-requests/"), ("put", "friend-requests/tom/"),
    ("delete", "friend-requests/tom/"), ("put", "friend-requests/tom/answer/"),
    ("get", "suggestions/"), ("delete", "suggestions/tom/"), ("get", "blocks/"),
    ("put", "blocks/tom/"), ("delete", "blocks/tom/"), ("get", "mutes/"), ("put", "mutes/tom/"),
    ("delete", "mutes/tom/"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address"), PRIVATE)
def test_what_is_between_members_takes_a_scope_of_its_own(api, member, stranger, method, address):
    data = {"accept": True} if "answer" in address else None
    assert getattr(api, method)(V1 + address, data, format="json").status_code == 401
    bearer(api, member, "read", "write", "support")
    answer = getattr(api, method)(V1 + address, data, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_the_own_profile_is_read_and_changed(mara, member):
    sent = {
        "bio": "**Hi**",
        "tags": ["Solar", "solar"],
        "links": ["https://a.example/"],
        "visibility": {"bio": "friends", "found": "me"},
    }
    told = mara.patch(f"{V1}me/profile/", sent, format="json").json()
    assert (told["bio"], told["tags"]) == ("**Hi**", ["solar"])
    assert (told["visibility"]["bio"], told["visibility"]["supports"]) == ("friends", "me")
    assert told["links"] == [{"url": "https://a.example/", "verified_at": None}]
    assert mara.patch(f"{V1}me/profile/", {"location": "Kiel"}, format="json").json()["tags"]
    assert APIClient().get(f"{V1}members/mara/").json()["bio"] is None


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": {"bio": "nobody"}},
        {"links": ["http://a.example/"]},
        {"links": ["https://a.example/"] * 6},
        {"links": ["https://127.0.0.1:9/"]},
        {"tags": ["x" * 41]},
        {"tags": [str(n) for n in range(11)]},
        {"bio": "x" * 2001},
        {"location": "x" * 81},
    ],
)
def test_a_profile_that_does_not_fit_is_refused(mara, change):
    assert mara.patch(f"{V1}me/profile/", change, format="json").status_code == 400


@pytest.mark.parametrize("address", ["members/", "friends/", "friend-requests/", "blocks/"])
def test_no_forged_cursor_breaks_a_list(mara, address):
    answer = mara.get(f"{V1}{address}?cursor=x")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def test_lists_go_on_behind_their_pages(mara, member, monkeypatch):
    for other in MemberFactory.create_batch(3):
        befriend(member, other)
    monkeypatch.setattr(circle.friends_of, "__kwdefaults__", {"cursor": "", "size": 2})
    first = mara.get(f"{V1}friends/").json()
    second = mara.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (2, 1, None)
