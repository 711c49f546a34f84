import pytest

from community.models import Member
from community.services.placeholders import find_or_make
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def find(name):
    return find_or_make(names=[name])[name]


def test_an_unknown_name_becomes_an_inactive_member():
    made = find("Caridy Patiño")
    assert (made.handle, made.display_name) == ("caridy_patino", "Caridy Patiño")
    assert made.email == "caridy_patino@import.invalid"
    assert not made.is_active
    assert not made.has_usable_password()
    assert not made.is_verified
    assert find("Caridy Patiño") == made


@pytest.mark.parametrize(
    "name", ["lena", "@LENA", "lena@example.org", "LENA@Example.org", "Lena F"]
)
def test_a_member_is_known_by_handle_address_or_name(name):
    lena = MemberFactory(handle="lena", email="Lena@example.org", display_name="Lena F")
    assert find(name) == lena


def test_an_address_stays_out_of_our_tables():
    made = find("jane.doe@example.org")
    assert made.display_name == "jane.doe"
    assert made.email.startswith("jane_doe-")
    assert made.email.endswith("@import.invalid")
    assert find("Jane.Doe@EXAMPLE.org") == made
    assert find("jane.doe@example.net") != made


def test_of_two_with_one_name_the_imported_one_is_meant():
    first = MemberFactory(display_name="Jan Novak")
    assert find("Jan Novak") == first
    MemberFactory(display_name="Jan Novak")
    made = find("Jan Novak")
    assert not made.is_active
    assert find("Jan Novak") == made


def test_names_that_make_the_same_handle_are_two_people():
    assert find("Ana Bell") != find("Ana-Bell")
    assert find("Ana-Bell").handle == "ana_bell2"


def test_one_person_in_two_spellings_of_a_handle():
    both = find_or_make(names=["Surma", "surma"])
    assert both["Surma"] == both["surma"]


def test_names_without_latin_letters_do_not_queue_for_a_handle():
    made = find_or_make(names=["山田太郎", "鈴木一郎", "—"])
    assert len({member.handle for member in made.values()}) == 3
    assert all(member.handle.startswith("imported_") for member in made.values())


def test_a_handle_that_was_changed_is_not_given_away():
    Member.objects.filter(pk=find("Ana Bell").pk).update(handle="belle", display_name="Belle")
    made = find("Ana Bell")
    assert (made.handle, made.email) == ("ana_bell2", "ana_bell2@import.invalid")


def test_a_reserved_handle_is_not_given_away():
    assert find("Admin").handle != "admin"


def test_they_have_a_page_and_banned_members_have_none(visitor):
    assert visitor.get(f"/people/{find('Old Friend').handle}/").status_code == 200
    MemberFactory(handle="gone", is_active=False)
    assert visitor.get("/people/gone/").status_code == 404


def test_nothing_asked_nothing_made():
    assert find_or_make(names=[]) == {}
    assert not Member.objects.exists()
