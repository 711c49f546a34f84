from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from community import clients
from community.models import SignIn
from community.models.sign_in import SignInWay
from community.services import signing_in
from tests.factories.community import PASSWORD, MemberFactory

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"
)


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("not one", ""),
    ],
)
def test_addresses_are_kept_as_blocks(address, block):
    assert clients.block(address) == block


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        (IPHONE, "Safari, iPhone"),
        (EDGE, "Edge, Windows"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_browsers_are_kept_without_their_versions(user_agent, name):
    assert clients.named(user_agent) == name


@pytest.mark.parametrize(
    ("methods", "way"),
    [
        ({"password"}, SignInWay.PASSWORD),
        ({"password", "mfa"}, SignInWay.TWO_FACTOR),
        ({"mfa"}, SignInWay.PASSKEY),
        ({"socialaccount"}, SignInWay.PROVIDER),
        ({"socialaccount", "mfa"}, SignInWay.PROVIDER),
        (set(), SignInWay.OTHER),
    ],
)
def test_how_somebody_came_in(methods, way):
    assert signing_in.way_of(methods) == way


def sign_in(visitor, member, **headers):
    answers = {"login": member.email, "password": PASSWORD}
    return visitor.post("/accounts/login/", answers, **headers)


def test_a_sign_in_is_noted(visitor):
    mara = MemberFactory(handle="mara", password=PASSWORD, address=True)
    sign_in(visitor, mara, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT=FIREFOX)
    noted = SignIn.objects.get(member=mara)
    assert (noted.way, noted.block, noted.client) == (
        "password", "203.0.113.0/24", "Firefox, Linux",
    )  # fmt: skip


def test_a_wrong_password_is_no_sign_in(visitor):
    mara = MemberFactory(handle="mara", password="something-else-again", address=True)
    sign_in(visitor, mara)
    assert not SignIn.objects.exists()


def test_the_list_of_sessions_keeps_no_whole_address(visitor):
    mara = MemberFactory(handle="mara", password=PASSWORD, address=True)
    sign_in(visitor, mara, REMOTE_ADDR="203.0.113.77")
    assert UserSession.objects.get(user=mara).ip == "203.0.113.0"
    UserSession.objects.update(ip="2001:db8:1:2:3:4:5:6")
    assert UserSession.objects.get(user=mara).ip == "2001:db8:1::"


def test_sign_ins_and_sessions_of_long_ago_are_forgotten(visitor):
    mara = MemberFactory(handle="mara", password=PASSWORD, address=True)
    sign_in(visitor, mara)
    old = SignIn.objects.create(
        member=mara, way="password", happened_at=timezone.now() - timedelta(days=91)
    )
    UserSession.objects.create(user=mara, ip="203.0.113.1", session_key="gone", user_agent="x")
    assert signing_in.forget_old() == 1
    assert not SignIn.objects.filter(pk=old.pk).exists()
    assert SignIn.objects.count() == UserSession.objects.count() == 1
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    signing_in.forget_old()
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
