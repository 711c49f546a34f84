from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community import services
from community.models import Consent, Member, PolicyVersion
from tests.factories.community import PolicyFactory

pytestmark = pytest.mark.django_db

ANSWERS = {"display_name": "Kim", "email": "kim@example.org", "password1": "a-horse-battery"}


@pytest.fixture
def terms():
    return services.publish_policy(
        version=PolicyFactory(kind="terms", number=1, text_en="Be **kind**.")
    )


def test_a_site_without_policies_says_so(visitor):
    assert "Nothing is published yet" in visitor.get("/policies/").content.decode()
    assert visitor.get("/policies/terms/").headers["Location"] == "/policies/"


def test_everybody_reads_what_holds_and_what_held(visitor, terms):
    services.publish_policy(version=PolicyFactory(kind="terms", number=2, text_en="Be kinder."))
    PolicyFactory(kind="terms", number=3, text_en="A draft.")
    assert "Be kinder." in visitor.get("/policies/terms/").content.decode()
    earlier = visitor.get("/policies/terms/1/").content.decode()
    assert "Be <strong>kind</strong>." in earlier
    assert "This is an earlier version." in earlier
    assert visitor.get("/policies/terms/3/").status_code == 404
    assert visitor.get("/policies/nothing/").status_code == 302


def test_it_is_read_in_the_language_of_the_reader(terms):
    german = Client(headers={"accept-language": "de"})
    assert "Sei freundlich." in german.get("/policies/terms/").content.decode()


def test_what_is_announced_is_read_beforehand(visitor, terms):
    day = timezone.now() + timedelta(days=14)
    draft = PolicyFactory(kind="terms", number=2, text_en="Be kinder.")
    services.publish_policy(version=draft, effective_at=day)
    now = visitor.get("/policies/terms/").content.decode()
    assert "Be <strong>kind</strong>." in now
    assert "A new version is in force from" in now
    coming = visitor.get("/policies/terms/2/").content.decode()
    assert "This is announced and does not hold yet." in coming
    assert "/policies/terms/2/" in visitor.get("/policies/").content.decode()


def test_each_version_is_compared_with_the_one_before(visitor, terms):
    services.publish_policy(version=PolicyFactory(kind="terms", number=2, text_en="Be **good**."))
    page = visitor.get("/policies/terms/2/changes/").content.decode()
    assert "<del>**kind**.</del><ins>**good**.</ins>" in page
    assert (
        "This is the first version." in visitor.get("/policies/terms/1/changes/").content.decode()
    )
    assert visitor.get("/policies/terms/3/changes/").status_code == 404


def test_members_are_asked_at_their_next_visit(as_member, terms):
    response = as_member.get("/ideas/?order=new")
    assert response.headers["Location"] == "/policies/agree/?next=%2Fideas%2F%3Forder%3Dnew"
    page = as_member.get(response.headers["Location"]).content.decode()
    assert "We added a word." in page
    back = as_member.post("/policies/agree/", {"version": terms.pk, "next": "/ideas/?order=new"})
    assert back.headers["Location"] == "/ideas/?order=new"
    assert as_member.get("/ideas/?order=new").status_code == 200
    assert Consent.objects.get().way == "asked"


def test_nobody_agrees_to_what_the_page_did_not_show(as_member, terms):
    services.publish_policy(version=PolicyFactory(kind="privacy"))
    as_member.post("/policies/agree/", {"version": terms.pk})
    assert Consent.objects.get().version == terms
    assert as_member.get("/ideas/").status_code == 302
    as_member.post("/policies/agree/", {"version": [terms.pk, 12345]})
    assert Consent.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    ["/settings/data/", "/settings/data/kept/", "/policies/", "/policies/terms/",
     "/accounts/logout/", "/accounts/sessions/", "/api/v1/me/", "/notifications/count/"],
)  # fmt: skip
def test_nobody_is_locked_out_of_their_data(as_member, terms, address):
    assert as_member.get(address).status_code == 200


def test_the_way_to_deletion_is_open_too(as_member, terms):
    assert "/reauthenticate/" in as_member.get("/settings/data/delete/").headers["Location"]


def test_what_is_typed_is_not_lost(as_member, terms):
    response = as_member.post("/settings/", {"display_name": "Mara L.", "handle": "mara",
                                             "language": "en", "time_zone": "UTC"})  # fmt: skip
    assert response.headers["Location"] == "/settings/"
    assert Member.objects.get(handle="mara").display_name == "Mara L."


def test_parts_of_a_page_are_not_asked_for(as_member, terms):
    assert as_member.get("/ideas/", headers={"HX-Request": "true"}).status_code == 200


def test_visitors_are_never_asked(visitor, terms):
    assert visitor.get("/ideas/").status_code == 200


@pytest.mark.parametrize("place", ["//elsewhere.example", "https://elsewhere.example/", "x"])
def test_no_way_leads_elsewhere(as_member, terms, place):
    back = as_member.post("/policies/agree/", {"version": terms.pk, "next": place})
    assert back.headers["Location"] == "/"


def test_signing_up_asks(visitor, terms):
    refused = visitor.post("/accounts/signup/", ANSWERS | {"versions": [terms.pk]})
    assert list(refused.context["form"].errors) == ["agreed"]
    visitor.post("/accounts/signup/", ANSWERS | {"versions": [terms.pk], "agreed": "on"})
    kim = Member.objects.get(email="kim@example.org")
    assert kim.consents.get().way == "sign_up"
    assert visitor.get("/ideas/").status_code == 200


def test_the_form_shows_what_is_agreed_to(visitor, terms):
    page = visitor.get("/accounts/signup/").content.decode()
    assert f'<input type="hidden" name="versions" value="{terms.pk}"' in page
    assert "/policies/terms/1/" in page


def test_without_policies_nothing_is_asked(visitor):
    visitor.post("/accounts/signup/", ANSWERS)
    assert not Consent.objects.exists()
    assert Member.objects.filter(email="kim@example.org").exists()


def test_a_policy_is_written_and_published_in_the_admin(signed_in, admin_member):
    browser = signed_in(admin_member)
    written = {"kind": "terms", "number": 1, "text_en": "Be kind.", "text_de": "Sei freundlich."}
    browser.post("/admin/community/policyversion/add/", written)
    version = PolicyVersion.objects.get()
    page = f"/admin/community/policyversion/{version.pk}"
    assert "can never be changed again" in browser.get(f"{page}/publish/").content.decode()
    browser.post(f"{page}/publish/", {"day": ""})
    version.refresh_from_db()
    assert version.published_at == version.effective_at is not None
    address = f"{page}/change/"
    browser.post(address, written | {"text_en": "Be rude."})
    browser.post(f"{page}/delete/", {"post": "yes"})
    assert browser.get(f"{page}/publish/").status_code == 403
    assert PolicyVersion.objects.get().text_en == "Be kind."


def test_a_day_to_come_is_typed_in_the_admin(signed_in, admin_member):
    browser, draft = signed_in(admin_member), PolicyFactory(kind="terms")
    page = f"/admin/community/policyversion/{draft.pk}/publish/"
    refused = browser.post(page, {"day": timezone.localdate().isoformat()})
    assert "Choose a later day, or none." in refused.content.decode()
    day = timezone.localdate() + timedelta(days=14)
    browser.post(page, {"day": day.isoformat()})
    draft.refresh_from_db()
    assert timezone.localtime(draft.effective_at).date() == day
    assert PolicyVersion.objects.announced().get() == draft
