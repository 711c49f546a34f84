"""Who is suspended reads, takes their data along and complains, and writes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.models.member import FOR_GOOD
from community.services.silencing import set_silence
from ideas.models import Comment, Support
from tests.factories.community import secret_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspended(member):
    set_silence(member=member, until=timezone.now() + timedelta(days=7))
    return member


WRITES = [
    ("/ideas/{idea}/support/", {"on": "true"}),
    ("/ideas/{idea}/comments/", {"body": "Good."}),
    ("/ideas/new/", {"title": "Lamps", "body": "Cheap."}),
    ("/settings/", {"display_name": "Lamps"}),
    ("/settings/about/", {"bio": "Lamps"}),
    ("/members/tom/ask/", {}),
    ("/no/such/page/", {}),
]


@pytest.mark.parametrize(("address", "sent"), WRITES)
def test_nothing_they_send_is_taken(address, sent, suspended, as_member, idea):
    answer = as_member.post(address.format(idea=idea.pk), sent)
    assert answer.status_code == 403
    assert "you are suspended from writing." in answer.content.decode()
    assert not Support.objects.exists()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "address", ["/", "/ideas/", "/ideas/{idea}/", "/settings/data/", "/sanctions/"]
)
def test_they_read_everything_and_are_told_why(address, suspended, as_member, idea):
    page = as_member.get(address.format(idea=idea.pk))
    assert page.status_code == 200
    assert "you are suspended from writing." in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/settings/data/", "/accounts/logout/", "/notifications/read/", "/policies/agree/"]
)
def test_their_account_and_data_stay_theirs(address, suspended, as_member):
    assert as_member.post(address).status_code != 403


def test_programs_are_told_the_same(suspended, api, idea):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(suspended, 'read', 'write', 'support')}")
    assert api.get(f"/api/v1/ideas/{idea.pk}/").status_code == 200
    refused = api.put(f"/api/v1/ideas/{idea.pk}/support/")
    assert (refused.status_code, refused.json()["code"]) == (403, "suspended")


def test_the_api_takes_nothing_from_their_browser_either(suspended, as_member, idea):
    refused = as_member.put(f"/api/v1/ideas/{idea.pk}/support/")
    assert (refused.status_code, refused.json()["code"]) == (403, "suspended")


def test_they_take_their_data_along_by_program(suspended, api):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(suspended, 'export')}")
    assert api.post("/api/v1/me/export/").status_code in (200, 201, 202)


def test_it_ends_by_itself(suspended, as_member, idea):
    with time_machine.travel(suspended.silenced_until, tick=False):
        as_member.force_login(suspended)
        answer = as_member.post(f"/ideas/{idea.pk}/support/", {"on": "true"})
        assert answer.status_code == 302
        assert Support.objects.get().member == suspended


def test_a_ban_names_no_end(member, as_member, idea):
    set_silence(member=member, until=FOR_GOOD)
    answer = as_member.post(f"/ideas/{idea.pk}/support/", {"on": "true"})
    assert "You are banned from writing." in answer.content.decode()


def test_nobody_else_is_touched(suspended, stranger, signed_in, idea):
    answer = signed_in(stranger).post(f"/ideas/{idea.pk}/support/", {"on": "true"})
    assert answer.status_code == 302
