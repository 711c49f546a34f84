from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from activity.models import EventRecord
from community import services
from community.errors import Refused
from community.models import Member
from tests.community.test_pictures import drawn
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def joined(name="Mara Lindqvist", email="mara@example.org", **fields):
    return services.join(member=Member(display_name=name, email=email, **fields))


def kinds():
    return list(EventRecord.objects.order_by("id").values_list("kind", flat=True))


def test_who_joins_gets_a_handle_and_it_is_recorded():
    member = joined()
    assert (member.handle, member.is_verified) == ("mara_lindqvist", False)
    assert kinds() == ["community.member_joined"]


def test_the_next_of_the_name_gets_a_number():
    joined()
    assert joined(email="other@example.org").handle == "mara_lindqvist2"


@pytest.mark.parametrize("email", ["mara@example.org", "MARA@example.org"])
def test_an_address_belongs_to_one_member(email):
    joined()
    with pytest.raises(Refused) as refusal:
        joined(name="Tom", email=email)
    assert refusal.value.code == "address_taken"
    assert Member.objects.count() == 1


def test_a_chosen_handle_that_is_taken_is_refused():
    joined()
    with pytest.raises(Refused) as refusal:
        joined(email="other@example.org", handle="mara_lindqvist")
    assert refusal.value.code == "handle_taken"


@pytest.mark.django_db(transaction=True)
def test_many_of_one_name_join_at_once():
    def join(number):
        try:
            return joined(email=f"mara{number}@example.org").handle
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        handles = list(pool.map(join, range(16)))
    assert len(set(handles)) == 16


def test_confirming_is_recorded_once_and_known_to_allauth():
    member = joined()
    services.confirm_address(member=member)
    first = member.email_verified_at
    services.confirm_address(member=member)
    assert Member.objects.get().email_verified_at == first
    assert kinds() == ["community.member_joined", "community.address_confirmed"]
    assert EmailAddress.objects.filter(user=member, verified=True, primary=True).count() == 1


def test_a_profile_is_saved(member):
    saved = services.save_profile(member=member, display_name="Mara L.", handle="mara_l")
    member.refresh_from_db()
    assert (saved.display_name, member.handle) == ("Mara L.", "mara_l")


@pytest.mark.parametrize(
    ("handle", "code"), [("tom", "handle_taken"), ("moderator", "handle_reserved")]
)
def test_some_handles_are_not_to_be_had(member, handle, code):
    MemberFactory(handle="tom")
    with pytest.raises(Refused) as refusal:
        services.save_profile(member=member, display_name="New", handle=handle)
    assert refusal.value.code == code
    member.refresh_from_db()
    assert (member.display_name, member.handle) == ("Mara Lindqvist", "mara")


def test_trust_is_no_part_of_a_profile(member):
    with pytest.raises(TypeError):
        services.save_profile(member=member, trust_level=4)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "avatars"


def test_a_picture_is_shown_replaced_and_removed(member, media, django_capture_on_commit_callbacks):
    def change(picture):
        with django_capture_on_commit_callbacks(execute=True):
            return services.save_profile(member=member, picture=picture)

    assert member.avatar_url == "/people/mara/avatar.svg"
    first = change(SimpleUploadedFile("a.png", drawn())).avatar_url
    second = change(SimpleUploadedFile("a.png", drawn())).avatar_url
    assert first != second
    assert len(list(media.iterdir())) == 1
    assert change(None).avatar_url == "/people/mara/avatar.svg"
    assert list(media.iterdir()) == []


def test_a_refused_picture_changes_nothing(member, media):
    with pytest.raises(Refused):
        services.save_profile(
            member=member, display_name="New", picture=SimpleUploadedFile("a.png", b"no")
        )
    member.refresh_from_db()
    assert (member.display_name, member.avatar.name) == ("Mara Lindqvist", "")


def test_reputation_writes_standing_and_level(member):
    services.add_to_standing(points={member.pk: 15})
    services.add_to_standing(points={member.pk: -3})
    before = {"before": member.trust_level, "after": 3, "evidence": {}}
    member.trust_changes.create(**before)
    services.set_trust_levels(member_ids=[member.pk], level=3)
    member.refresh_from_db()
    assert (member.standing, member.trust_level) == (12, 3)
