import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils import timezone

from community import services
from community.models import Export, SignIn
from community.models.privacy import ExportState
from community.models.token import Scope
from community.services import exporting
from tests.factories.community import secret_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_place")]

PAGE = "/settings/data/"
ASK = "/settings/data/export/"
PROGRESS = "/settings/data/export/progress/"
SIGN_INS = "/settings/data/sign-ins/"
API = "/api/v1/me/export/"


@pytest.fixture
def ready(member):
    services.ask_for_export(member=member)
    exporting.make_waiting()
    return Export.objects.get(member=member)


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("address", [PAGE, SIGN_INS, "/settings/data/kept/"])
def test_these_pages_are_for_members(visitor, as_member, address):
    assert visitor.get(address).status_code == 302
    assert as_member.get(address).status_code == 200


def test_a_copy_is_asked_for_on_the_page(as_member, member):
    response = as_member.post(ASK, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "Your copy is being made." in response.content.decode()
    assert Export.objects.get().member == member


def test_asking_twice_says_that_it_is_under_way(as_member):
    as_member.post(ASK)
    response = as_member.post(ASK, follow=True)
    assert "Your copy is being made already." in response.content.decode()
    assert Export.objects.count() == 1


def test_progress_is_asked_for_while_there_is_some(as_member, member):
    services.ask_for_export(member=member)
    Export.objects.update(state=ExportState.RUNNING, done=3, total=30)
    part = as_member.get(PROGRESS, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in part
    assert '<progress class="bar"' in part
    assert "3 of 30" in part
    assert as_member.get(PROGRESS).headers["Location"] == PAGE


def test_a_ready_copy_is_asked_for_no_more(as_member, ready):
    part = as_member.get(PROGRESS, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert f"{ASK}{ready.pk}/" in part


def test_the_copy_is_for_whoever_asked_for_it(as_member, stranger, signed_in, visitor, ready):
    address = f"{ASK}{ready.pk}/"
    response = as_member.get(address)
    archive = ZipFile(io.BytesIO(body(response)))
    assert json.loads(archive.read("profile.json"))[0]["handle"] == "mara"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="mara-')
    assert "no-store" in response.headers["Cache-Control"]
    assert signed_in(stranger).get(address).status_code == 404
    assert visitor.get(address).status_code == 302


def test_no_public_address_leads_to_it(visitor, ready):
    assert visitor.get(f"/media/{ready.file.name}").status_code == 404


def test_an_expired_copy_is_gone(as_member, ready):
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert as_member.get(f"{ASK}{ready.pk}/").status_code == 404
    assert "Your last copy has expired." in as_member.get(PAGE).content.decode()


def test_a_copy_that_failed_says_so(as_member, ready):
    Export.objects.update(state=ExportState.FAILED, file="", expires_at=None)
    assert "We could not make your copy." in as_member.get(PAGE).content.decode()


def test_sign_ins_of_this_member_alone(as_member, member, stranger):
    SignIn.objects.all().delete()
    SignIn.objects.create(
        member=member, way="passkey", block="203.0.113.0/24", client="Firefox, Linux"
    )
    SignIn.objects.create(member=stranger, way="password", client="Opera")
    page = as_member.get(SIGN_INS).content.decode()
    assert "Passkey" in page
    assert "203.0.113.0/24" in page
    assert "Opera" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_sign_ins_takes_as_many_queries_as_one(
    as_member, member, django_assert_num_queries, count
):
    SignIn.objects.all().delete()
    SignIn.objects.bulk_create(SignIn(member=member, way="password") for _ in range(count))
    # The name of the site is remembered from here on.
    as_member.get(SIGN_INS)
    with django_assert_num_queries(4):
        as_member.get(SIGN_INS)


def test_sign_ins_page_by_key(as_member, member):
    SignIn.objects.all().delete()
    SignIn.objects.bulk_create(SignIn(member=member, way="password") for _ in range(60))
    first = as_member.get(SIGN_INS)
    assert len(first.context["page"]["items"]) == 50
    later = as_member.get(SIGN_INS + first.context["page"]["next_url"])
    assert len(later.context["page"]["items"]) == 10
    assert as_member.get(SIGN_INS + "?before=nonsense").status_code == 200


def with_token(api, member, *scopes):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(member, *scopes)}")
    return api


def test_a_program_gets_the_copy_by_its_own_scope(api, member):
    with_token(api, member, Scope.EXPORT)
    assert api.get(API).status_code == 404
    asked = api.post(API)
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    assert api.post(API).json()["code"] == "export_under_way"
    exporting.make_waiting()
    shown = api.get(API).json()
    assert shown["state"] == "ready"
    response = api.get(shown["download_url"])
    assert ZipFile(io.BytesIO(body(response))).testzip() is None


def test_no_other_scope_reaches_it(api, member, ready):
    with_token(api, member, Scope.READ, Scope.WRITE)
    for answer in (api.get(API), api.post(API), api.get(f"{API}{ready.pk}/")):
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_programs_of_others_do_not_find_it(api, stranger, ready):
    with_token(api, stranger, Scope.EXPORT)
    assert api.get(f"{API}{ready.pk}/").status_code == 404
