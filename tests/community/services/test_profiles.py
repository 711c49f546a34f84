import pytest
from django.db import IntegrityError

from community import services
from community.errors import Refused
from community.models import FormerHandle, Member, Profile, ProfileLink
from community.services import placeholders
from tests.factories.community import MemberFactory
from tests.sql import refused, sql

pytestmark = pytest.mark.django_db


def handle_left(days_ago):
    sql("UPDATE community_formerhandle SET left_at = now() - make_interval(days => %s)", days_ago)


def change(member, handle):
    return services.save_profile(member=member, handle=handle)


def test_each_member_has_a_profile_however_they_came(member):
    Member.objects.bulk_create([MemberFactory.build()])
    assert Profile.objects.count() == Member.objects.count()
    profile = Profile.objects.get(pk=member.pk)
    assert (profile.bio_for, profile.supports_for, profile.found_for) == (0, 3, 1)


def test_what_a_member_says_is_kept_and_rendered(member):
    services.save_about(member=member, bio="**Hi** <b>x</b>", location="Lübeck", tags=["a", "b"])
    services.save_about(member=member, location="Kiel")
    profile = Profile.objects.get(pk=member.pk)
    assert (profile.bio, profile.location) == ("**Hi** <b>x</b>", "Kiel")
    assert "<strong>Hi</strong>" in profile.bio_html
    assert "<b>" not in profile.bio_html
    assert sorted(profile.tags.names()) == ["a", "b"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"tags": [f"t{n}" for n in range(11)]}, "too_many_tags"),
        ({"links": [f"https://e.org/{n}" for n in range(6)]}, "too_many_links"),
        ({"links": ["http://e.org/"]}, "link_not_https"),
    ],
)
def test_too_much_is_refused_and_nothing_of_it_kept(member, said, code):
    with pytest.raises(Refused) as refusal:
        services.save_about(member=member, bio="New", **said)
    assert refusal.value.code == code
    assert Profile.objects.get(pk=member.pk).bio == ""


def test_the_same_link_stands_once(member):
    services.save_about(member=member, links=["https://a.org/", "https://b.org/", "https://a.org/"])
    assert [link.url for link in ProfileLink.objects.all()] == ["https://a.org/", "https://b.org/"]


def test_parts_that_are_not_there_have_no_visibility(member):
    with pytest.raises(TypeError):
        services.choose_visibility(member=member, choices={"email": 0})
    with pytest.raises(ValueError, match="7"):
        services.choose_visibility(member=member, choices={"bio": 7})


def test_the_database_knows_no_other_visibility(member):
    with refused("bio_seen_by_somebody"):
        sql("UPDATE community_profile SET bio_for = 4")


def test_a_handle_changes_once_in_30_days(member):
    change(member, "mara_b")
    with pytest.raises(Refused) as refusal:
        change(member, "mara_c")
    assert refusal.value.code == "handle_changed_lately"
    handle_left(31)
    assert change(member, "mara_c").handle == "mara_c"


def test_saving_the_same_handle_is_no_change(member):
    change(member, "mara_b")
    change(member, "mara_b")
    assert FormerHandle.objects.count() == 1


def test_an_old_handle_goes_to_nobody_else_for_a_year(member, stranger):
    change(member, "mara_b")
    with pytest.raises(Refused) as refusal:
        change(stranger, "mara")
    assert refusal.value.code == "handle_taken"
    with pytest.raises(Refused):
        services.join(member=MemberFactory.build(handle="mara"))
    handle_left(364)
    with pytest.raises(Refused):
        change(stranger, "mara")
    handle_left(366)
    assert change(stranger, "mara").handle == "mara"
    assert not FormerHandle.objects.filter(handle="mara").exists()


def test_who_joins_gets_another_handle_instead(member):
    change(member, "mara_b")
    joined = MemberFactory.build(handle="", display_name="Mara")
    assert services.join(member=joined).handle == "mara2"


def test_a_member_can_take_the_old_handle_back(member):
    change(member, "mara_b")
    handle_left(40)
    assert change(member, "mara").handle == "mara"
    assert list(FormerHandle.objects.values_list("handle", flat=True)) == ["mara_b"]


def test_an_import_takes_nobody_s_old_handle(member):
    change(member, "mara_b")
    made = placeholders.find_or_make(names=["mara"])["mara"]
    assert made.handle not in ("mara", "mara_b")


def test_the_database_guards_old_handles_itself(member, stranger):
    change(member, "mara_b")
    with pytest.raises(IntegrityError, match="less than a year ago"):
        Member.objects.filter(pk=stranger.pk).update(handle="mara")
