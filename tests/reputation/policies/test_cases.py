"""Who may look into votes, and who may vouch for whom."""

import pytest

from reputation import policies
from reputation.services import file
from reputation.services.filing import Evidence
from tests.factories.community import MemberFactory
from tests.moderation.conftest import a_moderator
from tests.reputation.services.test_filing import votes

pytestmark = pytest.mark.django_db
CASE_DEEDS = (policies.can_claim_case, policies.can_release_case, policies.can_dismiss_case)


@pytest.fixture
def three():
    return MemberFactory.create_batch(3)


@pytest.fixture
def case(three):
    return file(evidence=Evidence("serial", votes(three, 5), 10.0)).case


@pytest.mark.parametrize(
    ("state", "held_by", "codes"),
    [
        ("open", None, ["", "not_claimed", ""]),
        ("claimed", "moira", ["claimed", "", ""]),
        ("claimed", "mia", ["claimed", "not_claimed", "claimed"]),
        ("dismissed", "moira", ["closed", "not_claimed", "closed"]),
        ("acted", None, ["closed", "not_claimed", "closed"]),
    ],
)
def test_what_a_moderator_may_do_with_a_case(case, state, held_by, codes):
    cast = {name: a_moderator(name) for name in ("moira", "mia")}
    case.state, case.claimed_by = state, cast.get(held_by)
    assert [may(cast["moira"], case).code for may in CASE_DEEDS] == codes


def test_cases_are_not_for_members_or_for_those_in_them(case, three, stranger):
    assert {may(stranger, case).code for may in CASE_DEEDS} == {"not_a_moderator"}
    for member in three[:2]:
        member.is_staff = member.is_superuser = True
        assert {may(member, case).code for may in CASE_DEEDS} == {"own_case"}


def test_managers_vouch_for_members_they_know(admin_member, member, stranger, newcomer):
    assert policies.can_vouch(admin_member, member)
    assert policies.can_vouch(stranger, member).code == "not_yours"
    assert policies.can_vouch(a_moderator("moira"), member).code == "not_yours"
    assert policies.can_vouch(admin_member, admin_member).code == "yourself"
    assert policies.can_vouch(admin_member, newcomer).code == "not_here"
