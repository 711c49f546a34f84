import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community import services
from community.models import AccessToken, Profile
from tests.community.test_pictures import drawn
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db

SETTINGS = "/settings/"
TOKENS = "/settings/tokens/"
ANSWERS = {
    "display_name": "Mara L.",
    "handle": "Mara_L",
    "language": "de",
    "time_zone": "Europe/Lisbon",
    "mails": "on",
}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("address", [SETTINGS, TOKENS])
def test_visitors_are_asked_to_sign_in(visitor, address):
    assert visitor.get(address).headers["Location"] == f"/accounts/login/?next={address}"


def test_members_change_what_they_say_of_themselves(as_member, member):
    response = as_member.post(SETTINGS, ANSWERS, follow=True)
    member.refresh_from_db()
    assert (member.display_name, member.handle) == ("Mara L.", "mara_l")
    assert (member.language, member.time_zone, member.mails) == ("de", "Europe/Lisbon", True)
    assert response.redirect_chain == [(SETTINGS, 302)]
    assert '<html lang="de">' in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"display_name": "\u200b"}, "display_name"),
        ({"handle": "a"}, "handle"),
        ({"handle": "with space"}, "handle"),
        ({"handle": "tom"}, "handle"),
        ({"handle": "staff"}, "handle"),
        ({"language": "xx"}, "language"),
        ({"time_zone": "Nowhere/City"}, "time_zone"),
        ({"picture": SimpleUploadedFile("x.png", b"not one")}, "picture"),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(as_member, member, changes, field):
    MemberFactory(handle="tom")
    response = as_member.post(SETTINGS, ANSWERS | changes)
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, [field])
    assert form["time_zone"].value() == changes.get("time_zone", "Europe/Lisbon")
    member.refresh_from_db()
    assert member.display_name == "Mara Lindqvist"


def test_a_picture_is_set_and_removed(as_member, member):
    as_member.post(SETTINGS, ANSWERS | {"picture": SimpleUploadedFile("x.png", drawn())})
    member.refresh_from_db()
    assert member.avatar.name.endswith(".webp")
    shown = as_member.get(member.avatar.url)
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(shown.streaming_content)
    as_member.post(SETTINGS, ANSWERS | {"without_picture": "on"})
    member.refresh_from_db()
    assert not member.avatar


def test_a_new_token_is_shown_once(as_member, member):
    answers = {"name": "Export", "scopes": ["read", "support"], "days": "30"}
    response = as_member.post(TOKENS, answers)
    secret = response.context["new_key"]
    assert secret in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert services.token_of(secret=secret).scopes == ["read", "support"]
    assert secret not in as_member.get(TOKENS).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["rule"]}, "scopes"),
        ({"days": "0"}, "days"),
        ({"days": "9999999999999999999999"}, "days"),
    ],
)
def test_a_token_needs_sense(as_member, changes, field):
    answers = {"name": "Export", "scopes": ["read"], "days": "30"}
    response = as_member.post(TOKENS, answers | changes)
    assert list(response.context["form"].errors) == [field]
    assert not AccessToken.objects.exists()


def test_too_many_tokens_are_refused_with_words(as_member, member):
    for _number in range(20):
        services.create_token(member=member, name="x", scopes=["read"], days=1)
    response = as_member.post(TOKENS, {"name": "Export", "scopes": ["read"], "days": "30"})
    assert "You have 20 tokens" in response.content.decode()


def test_a_token_is_revoked_by_its_owner_alone(as_member, member, stranger):
    own, _secret = services.create_token(member=member, name="own", scopes=["read"], days=1)
    other, _secret = services.create_token(member=stranger, name="other", scopes=["read"], days=1)
    assert as_member.post(reverse("community:revoke_token", args=[own.pk])).status_code == 302
    assert as_member.post(reverse("community:revoke_token", args=[other.pk])).status_code == 404
    assert as_member.get(reverse("community:revoke_token", args=[own.pk])).status_code == 405
    assert list(AccessToken.objects.live()) == [other]


ABOUT = "/settings/about/"
PRIVACY = "/settings/privacy/"


def test_members_say_who_they_are(as_member, member):
    said = {
        "bio": "**Hi**",
        "location": " Lübeck ",
        "tags": "Solar, tariffs, solar",
        "links": "mara.example.org\nhttps://b.example/x",
    }
    assert as_member.post(ABOUT, said).headers["Location"] == ABOUT
    profile = Profile.objects.get(pk=member.pk)
    assert (profile.location, sorted(profile.tags.names())) == ("Lübeck", ["solar", "tariffs"])
    assert [link.url for link in member.links.all()] == [
        "https://mara.example.org",
        "https://b.example/x",
    ]
    page = as_member.get(ABOUT).content.decode()
    assert "mara.example.org\nhttps://b.example/x" in page
    assert "does not link back yet" in page
    assert as_member.post("/settings/about/links/").headers["Location"] == ABOUT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bio", "x" * 2001),
        ("location", "x" * 81),
        ("tags", ",".join(f"t{n}" for n in range(11))),
        ("tags", "x" * 41),
        ("links", "\n".join(f"https://e.org/{n}" for n in range(6))),
        ("links", "http://e.org/"),
        ("links", "javascript:alert(1)"),
        ("links", "https://user:secret@e.org/"),
        ("links", "https://e.org:8080/"),
        ("links", "not an address"),
        ("links", "https://e.org/" + "x" * 300),
    ],
)
def test_what_does_not_fit_comes_back_at_its_field(as_member, member, field, value):
    page = as_member.post(ABOUT, {"bio": "Kept", field: value})
    assert list(page.context["form"].errors) == [field]
    assert Profile.objects.get(pk=member.pk).bio == ""
    assert page.context["form"][field].value() == value


def test_members_choose_who_sees_what(as_member, member):
    choices = {
        "bio": 0, "location": 1, "links": 2, "tags": 3, "supports": 0, "comments": 1,
        "friends": 2, "found": 3, "ranked": 2,
    }  # fmt: skip
    assert as_member.post(PRIVACY, choices).headers["Location"] == PRIVACY
    profile = Profile.objects.get(pk=member.pk)
    assert {part: getattr(profile, f"{part}_for") for part in choices} == choices
    answer = as_member.post(PRIVACY, choices | {"bio": 4})
    assert list(answer.context["form"].errors) == ["bio"]


def test_a_handle_that_changed_lately_says_when_it_may_again(as_member):
    as_member.post(SETTINGS, ANSWERS)
    page = as_member.post(SETTINGS, ANSWERS | {"handle": "mara_again"})
    assert list(page.context["form"].errors) == ["handle"]


@pytest.mark.parametrize("address", [ABOUT, PRIVACY, "/settings/distance/"])
def test_the_other_settings_are_for_members(visitor, address):
    assert visitor.get(address).headers["Location"] == f"/accounts/login/?next={address}"
