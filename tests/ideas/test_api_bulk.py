"""Many ideas at once for programs: the same outcome as by the page, and refusals by name."""

import pytest

from ideas.models import Decision, Idea, IdeaTag, Merge, Review
from tests.factories.community import secret_of
from tests.factories.ideas import BoardFactory, IdeaFactory, idea_in

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/review/bulk/"
NO = {
    "to": "declined",
    "statement": "It costs more than it saves.",
    "reason": "does_not_pay",
    "change_our_mind": "Cheaper meters.",
}
SENT = {
    "tags": {"add": ["night"]},
    "assignments": {"assignee": "ben"},
    "questions": {"statement": "Which charger?"},
    "merges": {"note": "The same."},
    "decisions": NO,
}
# What the page calls it, and how it says the same.
BY_PAGE = {
    "tags": ("tag", {"tags": "night"}),
    "assignments": ("assign", {"who": "charging:ben"}),
    "questions": ("ask", {"statement": "Which charger?"}),
    "merges": ("merge", {"note": "The same."}),
    "decisions": ("decide", NO),
}
PUBLIC = {"questions", "merges", "decisions"}


@pytest.fixture
def as_(api):
    def program(member, *scopes):
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(member, *scopes)}")
        return api

    return program


@pytest.fixture
def some(board, team, team_member, colleague):
    """Two that may, one of another team's board, and one that is shipped already."""

    def made():
        return [
            *IdeaFactory.create_batch(2, board=board),
            IdeaFactory(board=BoardFactory()),
            idea_in("shipped", board=board),
        ]

    return made


def sent_to(deed, ideas):
    into = {"into": ideas[0].pk} if deed == "merges" else {}
    return SENT[deed] | into | {"ideas": [idea.pk for idea in ideas]}


def left_behind(ideas):
    """All that a deed can leave, and nothing that tells equal ideas apart."""
    place = {idea.pk: number for number, idea in enumerate(ideas)}
    ids = list(place)
    return (
        list(Idea.objects.filter(pk__in=ids).order_by("pk").values_list("status", flat=True)),
        sorted(
            (place[pk], name)
            for pk, name in IdeaTag.objects.filter(content_object__in=ids).values_list(
                "content_object", "tag__name"
            )
        ),
        sorted(
            (place[pk], handle)
            for pk, handle in Review.objects.filter(idea__in=ids).values_list(
                "idea", "assignee__handle"
            )
        ),
        sorted(
            (place[one], place[other])
            for one, other in Merge.objects.filter(duplicate__in=ids).values_list(
                "duplicate", "survivor"
            )
        ),
        sorted(
            (place[pk], to, statement)
            for pk, to, statement in Decision.objects.filter(idea__in=ids).values_list(
                "idea", "to_status", "statement"
            )
        ),
    )


@pytest.mark.parametrize("deed", SENT)
def test_page_and_program_do_the_same(as_, signed_in, team_member, some, deed):
    by_page, by_api = some(), some()
    untouched = left_behind(some())
    name, words = BY_PAGE[deed]
    into = {"into": by_page[0].pk} if deed == "merges" else {}
    filled = {"deed": name, "filled": "1", "ideas": [idea.pk for idea in by_page]}
    assert signed_in(team_member).post("/review/bulk/", filled | words | into).status_code == 302
    answer = as_(team_member, "review", "decide").post(ROOT + f"{deed}/", sent_to(deed, by_api))
    assert answer.status_code == 200, answer.content
    assert left_behind(by_api) == left_behind(by_page) != untouched
    told = answer.json()
    refused = {row["idea"]: row["code"] for row in told["refused"]}
    assert refused[by_api[2].pk]
    assert all(row["reason"] for row in told["refused"])
    asked = {idea.pk for idea in by_api} - ({by_api[0].pk} if deed == "merges" else set())
    assert set(told["done"]) | set(refused) == asked
    assert not set(told["done"]) & set(refused)


@pytest.mark.parametrize("deed", SENT)
def test_each_needs_its_scope_and_a_queue(api, as_, team_member, stranger, some, deed):
    ideas = some()
    before = left_behind(ideas)
    needed = "decide" if deed in PUBLIC else "review"
    wrong = "review" if deed in PUBLIC else "decide"

    def ask(program):
        return program.post(ROOT + f"{deed}/", sent_to(deed, ideas))

    assert ask(api).status_code == 401
    assert ask(as_(team_member, wrong, "read", "write")).json()["code"] == "scope_missing"
    assert ask(as_(stranger, needed)).json()["code"] == "no_team"
    assert left_behind(ideas) == before
    assert ask(as_(team_member, needed)).status_code == 200


def test_what_does_not_fit_is_said(as_, team_member, some):
    ideas = some()
    program = as_(team_member, "review", "decide")
    for deed, odd in {
        "tags": {"add": []},
        "assignments": {"assignee": "nobody_here"},
        "questions": {"statement": " "},
        "merges": {"into": 0},
        "decisions": {"to": "draft"},
    }.items():
        answer = program.post(ROOT + f"{deed}/", sent_to(deed, ideas) | odd)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, list(odd)), deed
    assert program.post(ROOT + "tags/", SENT["tags"] | {"ideas": []}).status_code == 400
    assert program.post(ROOT + "tags/", SENT["tags"] | {"ideas": [1] * 1001}).status_code == 400


def test_what_one_may_not_see_is_in_neither_list(as_, team_member, idea):
    sent = SENT["tags"] | {"ideas": [idea.pk, idea.pk, 2**60]}
    answer = as_(team_member, "review").post(ROOT + "tags/", sent)
    assert answer.json() == {"done": [idea.pk], "refused": []}
