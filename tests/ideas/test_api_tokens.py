"""A token reaches as far as its scopes, on every address there is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.models import AccessToken
from community.models.token import Scope
from ideas.api import urlpatterns
from ideas.services import promising
from tests.factories.community import secret_of
from tests.factories.forum import opened, replied
from tests.factories.ideas import said_on

pytestmark = pytest.mark.django_db

# What each deed needs. A new deed has to be named here.
DEEDS = {
    ("GET", "ideas/"): "read",
    ("POST", "ideas/"): "write",
    ("GET", "ideas/similar/"): "read",
    ("PUT", "ideas/<int:pk>/tags/"): "write",
    ("GET", "votes/voidings/"): "read",
    ("POST", "ideas/preview/"): "read",
    ("GET", "ideas/<int:pk>/"): "read",
    ("PATCH", "ideas/<int:pk>/"): "write",
    ("DELETE", "ideas/<int:pk>/"): "write",
    ("GET", "ideas/<int:pk>/support/"): "read",
    ("PUT", "ideas/<int:pk>/support/"): "support",
    ("DELETE", "ideas/<int:pk>/support/"): "support",
    ("GET", "ideas/<int:pk>/follow/"): "read",
    ("PUT", "ideas/<int:pk>/follow/"): "support",
    ("DELETE", "ideas/<int:pk>/follow/"): "support",
    ("POST", "ideas/<int:pk>/images/"): "write",
    ("DELETE", "ideas/<int:pk>/images/<int:image>/"): "write",
    ("GET", "ideas/<int:pk>/comments/"): "read",
    ("POST", "ideas/<int:pk>/comments/"): "write",
    ("GET", "ideas/<int:pk>/decisions/"): "read",
    ("POST", "ideas/<int:pk>/decisions/"): "decide",
    ("GET", "ideas/<int:pk>/revisions/"): "read",
    ("GET", "ideas/<int:pk>/merge/"): "read",
    ("POST", "ideas/<int:pk>/merge/"): "decide",
    ("DELETE", "ideas/<int:pk>/merge/"): "decide",
    ("PUT", "ideas/<int:pk>/merge/consent/"): "write",
    ("POST", "ideas/<int:pk>/merge/reply/"): "decide",
    ("GET", "ideas/<int:pk>/merged/"): "read",
    ("GET", "ideas/<int:pk>/credits/"): "read",
    ("GET", "members/<slug:handle>/credits/"): "read",
    ("GET", "members/<slug:handle>/comments/"): "read",
    ("GET", "members/<slug:handle>/supports/"): "read",
    ("PUT", "comments/<int:pk>/used/"): "write",
    ("DELETE", "comments/<int:pk>/used/"): "write",
    ("GET", "ideas/<int:pk>/topics/"): "read",
    ("PUT", "ideas/<int:pk>/topics/<int:topic>/"): "write",
    ("DELETE", "ideas/<int:pk>/topics/<int:topic>/"): "write",
    ("GET", "topics/<int:pk>/ideas/"): "read",
    ("POST", "topics/<int:pk>/ideas/"): "write",
    ("PUT", "replies/<int:pk>/used/<int:idea>/"): "write",
    ("DELETE", "replies/<int:pk>/used/<int:idea>/"): "write",
    ("GET", "ideas/<int:pk>/promises/"): "read",
    ("GET", "comments/<int:pk>/"): "read",
    ("PATCH", "comments/<int:pk>/"): "write",
    ("GET", "comments/<int:pk>/replies/"): "read",
    ("PUT", "comments/<int:pk>/helpful/"): "write",
    ("DELETE", "comments/<int:pk>/helpful/"): "write",
    ("PUT", "comments/<int:pk>/resolved/"): "write",
    ("DELETE", "comments/<int:pk>/resolved/"): "write",
    ("GET", "comments/<int:pk>/history/"): "read",
    ("GET", "boards/"): "read",
    ("GET", "roadmap/"): "read",
    ("GET", "changelog/"): "read",
    ("GET", "boards/<slug:slug>/"): "read",
    ("GET", "promises/"): "read",
    ("GET", "promises/overdue/"): "read",
    ("POST", "promises/<int:pk>/withdrawal/"): "decide",
    ("GET", "ideas/<int:pk>/pending-decision/"): "decide",
    ("POST", "ideas/<int:pk>/pending-decision/"): "decide",
    ("PATCH", "ideas/<int:pk>/pending-decision/"): "decide",
    ("GET", "ideas/<int:pk>/reach/"): "read",
    ("GET", "decision-templates/"): "read",
    ("GET", "review/"): "review",
    ("GET", "review/ideas/<int:pk>/"): "review",
    ("PUT", "review/ideas/<int:pk>/scores/"): "review",
    ("PUT", "review/ideas/<int:pk>/assignment/"): "review",
    ("PUT", "review/ideas/<int:pk>/tags/"): "review",
    ("GET", "review/ideas/<int:pk>/notes/"): "review",
    ("POST", "review/ideas/<int:pk>/notes/"): "review",
    ("DELETE", "review/ideas/<int:pk>/notes/<int:note>/"): "review",
    ("GET", "review/ideas/<int:pk>/deeds/"): "review",
    ("GET", "review/views/"): "review",
    ("POST", "review/views/"): "review",
    ("PUT", "review/views/<int:pk>/"): "review",
    ("DELETE", "review/views/<int:pk>/"): "review",
    ("POST", "review/bulk/tags/"): "review",
    ("POST", "review/bulk/assignments/"): "review",
    ("POST", "review/bulk/questions/"): "decide",
    ("POST", "review/bulk/merges/"): "decide",
    ("POST", "review/bulk/decisions/"): "decide",
    ("GET", "drafts/"): "read",
    ("GET", "ideas/<int:pk>/co-authors/"): "read",
    ("POST", "ideas/<int:pk>/co-authors/"): "write",
    ("DELETE", "ideas/<int:pk>/co-authors/<slug:handle>/"): "write",
    ("PUT", "ideas/<int:pk>/invitation/"): "write",
    ("GET", "invitations/"): "read",
    ("GET", "feed/"): "friends",
    ("POST", "feed/address/"): "friends",
    ("DELETE", "feed/address/"): "friends",
    ("GET", "follows/"): "friends",
    ("PUT", "boards/<slug:slug>/follow/"): "support",
    ("DELETE", "boards/<slug:slug>/follow/"): "support",
    ("PUT", "tags/<slug:slug>/follow/"): "support",
    ("DELETE", "tags/<slug:slug>/follow/"): "support",
}


# What says nothing to visitors, not even to read.
MEMBERS_ONLY = (
    "drafts/",
    "invitations/",
    "feed/",
    "follows/",
    "review/",
    "decision-templates/",
    "ideas/<int:pk>/pending-decision/",
    "ideas/<int:pk>/reach/",
)


def test_every_deed_is_in_the_table():
    methods = ("get", "post", "put", "patch", "delete")
    there = {
        (method.upper(), str(pattern.pattern))
        for pattern in urlpatterns
        for method in methods
        if hasattr(pattern.callback.cls, method)
    }
    assert there == set(DEEDS)


@pytest.fixture
def address(idea, space):
    comment, topic = said_on(idea), opened(space)
    reply = replied(topic)
    promise = promising.start_answer(idea=idea, moment=idea.opened_at)

    def of(pattern):
        pk = comment.pk if pattern.startswith("comments") else idea.pk
        pk = promise.pk if pattern.startswith("promises") else pk
        pk = reply.pk if pattern.startswith("replies") else pk
        pk = topic.pk if pattern.startswith("topics") else pk
        values = {
            "<int:pk>": pk,
            "<int:image>": 1,
            "<int:note>": 1,
            "<int:topic>": topic.pk,
            "<int:idea>": idea.pk,
            "<slug:slug>": "charging",
            "<slug:handle>": "ada",
        }
        for name, value in values.items():
            pattern = pattern.replace(name, str(value))
        return f"/api/v1/{pattern}"

    return of


@pytest.mark.parametrize("scope", Scope.values)
def test_a_scope_opens_its_deeds_and_no_others(api, member, address, scope):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(member, scope)}")
    opened = {
        deed
        for deed in DEEDS
        if b'"scope_missing"' not in api.generic(deed[0], address(deed[1])).content
    }
    assert opened == {deed for deed, needed in DEEDS.items() if needed == scope}


def test_unsafe_deeds_need_a_member(api, address):
    for method, pattern in DEEDS:
        answer = api.generic(method, address(pattern))
        if method != "GET" or pattern.startswith(MEMBERS_ONLY):
            assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
            assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
        else:
            assert answer.status_code != 401, pattern


@pytest.mark.parametrize(
    "secret",
    ["", "plenum_", "plenum_x", "x", "plenum_\xe4\xff", "plenum_\x00", "a b c", "x" * 5000],
)
def test_no_token_opens_nothing(api, secret):
    answer = api.get("/api/v1/ideas/", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now()},
        {"created_at": timezone.now() - timedelta(2), "expires_at": timezone.now() - timedelta(1)},
    ],
    ids=["revoked", "expired"],
)
def test_a_token_ends(api, member, change):
    secret = secret_of(member)
    AccessToken.objects.update(**change)
    answer = api.get("/api/v1/me/", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


def test_a_session_needs_its_csrf_token(member, idea):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    address = f"/api/v1/ideas/{idea.pk}/support/"
    assert browser.put(address).json()["code"] == "permission_denied"
    token = browser.get("/ideas/new/").context["csrf_token"]
    given = browser.put(address, headers={"X-CSRFToken": str(token)})
    said = {"idea": idea.pk, "state": "counted", "supporters": 1, "voided_because": ""}
    assert given.json() == said
