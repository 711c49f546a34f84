"""What members do on the pages, for programs."""

import pytest

from community.models.token import Scope
from moderation import services
from moderation.api import urlpatterns
from moderation.models import Flag
from tests.factories.community import secret_of
from tests.factories.ideas import IdeaFactory

pytestmark = pytest.mark.django_db
REPORTS, STATEMENTS = "/api/v1/reports/", "/api/v1/statements/"
# What each deed needs. A new deed has to be named here.
DEEDS = {
    ("GET", "rules/"): "read",
    ("GET", "reports/"): "read",
    ("POST", "reports/"): "write",
    ("DELETE", "reports/<int:pk>/"): "write",
    ("GET", "statements/"): "read",
    ("GET", "statements/<uuid:puid>/"): "read",
    ("POST", "statements/<uuid:puid>/complaint/"): "write",
}


def test_every_deed_is_in_the_table():
    there = {
        (method.upper(), str(pattern.pattern))
        for pattern in urlpatterns
        for method in ("get", "post", "put", "patch", "delete")
        if hasattr(pattern.callback.cls, method)
    }
    assert there == set(DEEDS)


@pytest.mark.parametrize("scope", Scope.values)
def test_a_scope_opens_its_deeds_and_no_others(scope, api, author, statement):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(author, scope)}")
    pk = Flag.objects.get().pk
    opened = set()
    for method, pattern in DEEDS:
        address = pattern.replace("<int:pk>", str(pk)).replace("<uuid:puid>", str(statement.puid))
        if b'"scope_missing"' not in api.generic(method, f"/api/v1/{address}").content:
            opened.add((method, pattern))
    assert opened == {deed for deed, needed in DEEDS.items() if needed == scope}


def test_all_but_the_rules_is_for_members(api, statement):
    for method, pattern in set(DEEDS) - {("GET", "rules/")}:
        address = pattern.replace("<int:pk>", "1").replace("<uuid:puid>", str(statement.puid))
        assert api.generic(method, f"/api/v1/{address}").status_code == 401


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("idea", "idea"),
        ("comment", "comment"),
        ("topic", "question"),
        ("reply", "answer"),
        ("profile", "author"),
    ],
)
def test_reporting_and_taking_it_back(kind, name, request, api, member, spam):
    thing = request.getfixturevalue(name)
    key = thing.handle if kind == "profile" else str(thing.pk)
    api.force_authenticate(member)
    said = {"kind": kind, "key": key, "clause": "spam", "note": "Look."}
    made = api.post(REPORTS, said)
    assert made.status_code == 201
    assert (made.json()["kind"], made.json()["clause"], made.json()["outcome"]) == (
        kind,
        "spam",
        "",
    )
    again = api.post(REPORTS, said)
    assert (again.status_code, again.json()["code"]) == (403, "flagged")
    assert api.delete(f"{REPORTS}{made.json()['id']}/").status_code == 204
    assert api.get(REPORTS).json()["results"][0]["withdrawn_at"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"clause": "manners"}, 400),
        ({"kind": "cat"}, 400),
        ({"key": "x"}, 404),
        ({"key": "0"}, 404),
        ({"key": "9" * 30}, 404),
        ({"note": "x" * 1001}, 400),
    ],
)
def test_what_does_not_fit(change, status, api, member, idea, spam):
    api.force_authenticate(member)
    said = {"kind": "idea", "key": str(idea.pk), "clause": "spam"} | change
    assert api.post(REPORTS, said).status_code == status
    assert not Flag.objects.exists()


def test_ones_own_text(api, author, idea, spam):
    api.force_authenticate(author)
    said = {"kind": "idea", "key": str(idea.pk), "clause": "spam"}
    answer = api.post(REPORTS, said)
    assert (answer.status_code, answer.json()["code"]) == (403, "own_text")


def test_reading_and_complaining(api, author, stranger, statement, other_moderator):
    address = f"{STATEMENTS}{statement.puid}/"
    api.force_authenticate(stranger)
    assert api.get(address).status_code == 404
    assert api.get(STATEMENTS).json() == {"results": [], "next": None}
    api.force_authenticate(author)
    told = api.get(address).json()
    assert [told[name] for name in ("kind", "action", "clause", "facts", "lifted_at")] == [
        "idea", "hide", "spam", "It sells lamps.", None,
    ]  # fmt: skip
    assert (told["automated_decision"], told["complaint"]) == (
        "AUTOMATED_DECISION_NOT_AUTOMATED",
        None,
    )
    made = api.post(f"{address}complaint/", {"words": "It is none."})
    assert (made.status_code, made.json()["outcome"]) == (201, "")
    again = api.post(f"{address}complaint/", {"words": "It is none."})
    assert (again.status_code, again.json()["code"]) == (403, "complained")
    services.decide_complaint(
        complaint=statement.complaint, by=other_moderator, upheld=True, answer="Right."
    )
    told = api.get(STATEMENTS).json()["results"][0]
    assert (told["complaint"]["answer"], told["lifted_at"] is not None) == ("Right.", True)


def test_lists_cost_the_same_for_one_and_three(
    api, report, decide, board, author, member, django_assert_num_queries
):
    def decided():
        decide(report(member, IdeaFactory(board=board, author=author)).case)

    decided()
    for who, where in ((member, REPORTS), (author, STATEMENTS)):
        api.force_authenticate(who)
        with django_assert_num_queries(1):
            api.get(where)
    decided()
    decided()
    for who, where in ((member, REPORTS), (author, STATEMENTS)):
        api.force_authenticate(who)
        with django_assert_num_queries(1):
            assert len(api.get(where).json()["results"]) == 3
