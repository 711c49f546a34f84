"""Merging, consent and credit under /api/v1/."""

import pytest

from ideas.models import Idea, Merge, Support
from ideas.services import crediting, merging
from tests.factories.ideas import IdeaFactory, said_on, supported
from tests.ideas.test_api import ROOT, at, problem, saying, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(api):
    """`as_(tom)` is a program in which Tom is signed in."""

    def program(member):
        api.force_authenticate(member)
        return api

    return program


@pytest.fixture
def twin(board, stranger):
    return IdeaFactory(board=board, author=stranger, title="Load the car while asleep")


@pytest.fixture
def merge(idea, twin, team_member):
    return merging.merge(duplicate=twin, survivor=idea, by=team_member, note="Both ask for night.")


def test_merging_and_undoing(as_, idea, twin, team_member):
    supported(twin, 2)
    program = as_(team_member)
    answer = program.post(at(twin, "merge/"), {"into": idea.pk, "note": "The same."})
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["into"], said["idea"]["id"], said["idea"]["supporters"]) == (idea.pk, twin.pk, 2)
    assert said["team"]["slug"] == "charging"
    assert program.get(at(twin, "merge/")).json()["note"] == "The same."
    problem(program.delete(at(twin, "merge/")), 400, "invalid")
    assert program.delete(at(twin, "merge/"), {"note": "They differ."}).status_code == 204
    problem(program.get(at(twin, "merge/")), 404, "not_found")
    problem(program.delete(at(twin, "merge/?note=Again")), 404, "not_found")


def test_a_merge_into_a_merged_idea_says_where_it_went(as_, idea, twin, merge, team_member, board):
    third = IdeaFactory(board=board)
    answer = as_(team_member).post(at(third, "merge/"), {"into": twin.pk, "note": "The same."})
    assert answer.json()["into"] == idea.pk


def test_refusals_carry_their_codes(as_, idea, twin, merge, stranger, team_member):
    sent = {"into": twin.pk, "note": "The same."}
    problem(as_(stranger).post(at(idea, "merge/"), sent), 403, "not_your_merge")
    problem(as_(team_member).post(at(idea, "merge/"), sent), 403, "own_chain")
    problem(as_(team_member).post(at(idea, "merge/"), {**sent, "into": 2**62}), 404, "not_found")
    problem(as_(stranger).post(at(twin, "comments/"), {"body": "Hm."}), 403, "merged")
    problem(as_(stranger).patch(at(twin), {"title": "New", "version": 1}), 403, "merged")


def test_a_merged_idea_says_what_stands_for_it_and_is_in_no_list(as_, idea, twin, merge):
    assert as_(None).get(at(twin)).json()["merged_into"] == idea.pk
    assert as_(None).get(at(idea)).json()["merged_into"] is None
    assert titles(as_(None).get(f"{ROOT}ideas/")) == [idea.title]
    assert titles(as_(None).get(f"{ROOT}ideas/?q=asleep")) == [idea.title]
    assert titles(as_(None).get(f"{ROOT}ideas/similar/?title=load the car asleep")) == [idea.title]


def test_support_for_a_merged_idea_is_given_to_the_survivor(as_, idea, twin, merge, supporter):
    said = as_(supporter).put(at(twin, "support/")).json()
    told = {"idea": idea.pk, "state": "counted", "supporters": 1, "voided_because": ""}
    assert said == told
    assert Support.objects.get().idea == idea
    assert as_(supporter).delete(at(twin, "support/")).json()["supporters"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_what_was_merged_costs_the_same_for_any_number(
    api, idea, board, team_member, rows, django_assert_num_queries
):
    for other in IdeaFactory.create_batch(rows, board=board):
        merging.merge(duplicate=other, survivor=idea, by=team_member, note="The same.")
    with django_assert_num_queries(2):
        assert len(api.get(at(idea, "merged/")).json()["results"]) == rows


def test_the_author_answers_and_the_team_replies(as_, twin, merge, stranger, author, team_member):
    consent = at(twin, "merge/consent/")
    assert as_(stranger).put(consent, {"agrees": True}).json()["consent"] == "agreed"
    problem(as_(stranger).put(consent, {"agrees": False}), 400, "missing_objection")
    objection = {"agrees": False, "objection": "Mine is about the driver."}
    problem(as_(author).put(consent, objection), 403, "not_yours")
    assert as_(stranger).put(consent, objection).json()["objection"] == objection["objection"]
    reply = {"reply": "Both need the tariff."}
    problem(as_(stranger).post(at(twin, "merge/reply/"), reply), 403, "not_your_step")
    answer = as_(team_member).post(at(twin, "merge/reply/"), reply)
    assert (answer.status_code, answer.json()["reply"]) == (201, reply["reply"])
    assert Merge.objects.get().replied_by == team_member


def test_credits_of_an_idea_and_of_a_member(as_, idea, twin, merge, team_member):
    crediting.credit_authors(ideas=Idea.objects.filter(pk=idea.pk))
    said = said_on(idea, kind="concern")
    assert as_(team_member).put(saying(said, "used/")).status_code == 200
    for address in (idea, twin):
        made = as_(None).get(at(address, "credits/")).json()["results"]
        assert [[part["part"] for part in credit["parts"]] for credit in made] == [
            ["author"],
            ["merged_author"],
            ["concern"],
        ]
    (part,) = as_(None).get(f"{ROOT}members/tom/credits/").json()["results"]
    assert (part["part"], part["idea"], part["merged_into"]) == ("merged_author", twin.pk, idea.pk)
    assert (part["title"], part["status"]) == (twin.title, "open")
    as_(team_member).delete(saying(said, "used/"))
    assert len(as_(None).get(at(idea, "credits/")).json()["results"]) == 2
    problem(as_(None).get(f"{ROOT}members/nobody/credits/"), 404, "not_found")
    problem(as_(None).get(f"{ROOT}members/tom/credits/?cursor=x"), 400, "bad_cursor")


def test_saying_what_was_used_is_for_those_who_used_it(as_, idea, stranger):
    said = said_on(idea)
    problem(as_(stranger).put(saying(said, "used/")), 403, "not_your_credit")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_members_credits_cost_the_same_for_any_number(
    api, author, rows, django_assert_num_queries
):
    crediting.credit_authors(ideas=IdeaFactory.create_batch(rows, author=author))
    with django_assert_num_queries(2):
        found = api.get(f"{ROOT}members/ada/credits/").json()["results"]
    assert len(found) == rows
