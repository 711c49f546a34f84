"""Managers give and take the highest level in the admin, and read who came where by what."""

import pytest

from config import roles
from reputation import services
from reputation.models import Grace, TrustChange
from tests.factories.community import MemberFactory
from tests.factories.reputation import earns

pytestmark = pytest.mark.django_db
LIST = "/admin/reputation/trustchange/"


@pytest.fixture
def manager(db):
    roles.set_up()
    hanna = MemberFactory(handle="hanna", is_staff=True)
    hanna.groups.add(roles.Group.objects.get(name=roles.COMMUNITY_MANAGERS))
    return hanna


def test_the_evidence_is_shown(manager, signed_in):
    earns(MemberFactory(), 2)
    services.review_all()
    page = signed_in(manager).get(LIST).content.decode()
    assert "TL1 Member → TL2 Regular" in page
    assert "Active days: 15" in page
    change = TrustChange.objects.get()
    assert signed_in(manager).get(f"{LIST}{change.pk}/change/").status_code == 200


def test_giving_and_taking_it(manager, member, signed_in):
    browser = signed_in(manager)
    assert browser.get(f"{LIST}add/").status_code == 200
    sent = {"member": member.pk, "deed": "give", "reason": "You run the meet-ups."}
    assert browser.post(f"{LIST}add/", sent).status_code == 302
    member.refresh_from_db()
    assert member.trust_level == 4
    assert browser.post(f"{LIST}add/", sent | {"deed": "take"}).status_code == 302
    assert list(TrustChange.objects.order_by("pk").values_list("after", "by")) == [
        (4, manager.pk), (2, manager.pk),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "field"), [({"reason": ""}, "reason"), ({"deed": "take"}, "member")]
)
def test_what_does_not_go(manager, member, signed_in, sent, field):
    said = {"member": member.pk, "deed": "give", "reason": "You run the meet-ups."} | sent
    page = signed_in(manager).post(f"{LIST}add/", said)
    assert page.status_code == 200
    assert field in page.context["adminform"].form.errors
    assert not TrustChange.objects.exists()


def test_moderators_do_not(member, signed_in):
    roles.set_up()
    moderator = MemberFactory(is_staff=True)
    moderator.groups.add(roles.Group.objects.get(name=roles.MODERATORS))
    assert signed_in(moderator).get(f"{LIST}add/").status_code == 403


def test_who_is_about_to_lose_a_level(manager, signed_in):
    MemberFactory(handle="nadia", display_name="Nadia Rahal", trust_level=3)
    services.review_all()
    assert Grace.objects.count() == 1
    page = signed_in(manager).get("/admin/reputation/grace/").content.decode()
    assert "Nadia Rahal" in page
