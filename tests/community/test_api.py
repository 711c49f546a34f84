import pytest

from community.throttles import WriteThrottle
from tests.factories.community import MemberFactory, secret_of

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
