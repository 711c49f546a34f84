"""Who may void votes, as tables: one column for each of the cast."""

import pytest

from ideas import policies
from ideas.services import voiding
from tests.factories.community import MemberFactory
from tests.factories.ideas import supported
from tests.factories.voiding import moderator, pleaded

pytestmark = pytest.mark.django_db

CAST = ("stranger", "team_member", "office", "maker", "other")


@pytest.fixture
def office(db):
    """Staff of another kind."""
    return MemberFactory(handle="otto", is_staff=True)


@pytest.fixture
def maker(db):
    """The moderator who made it."""
    return moderator("mina")


@pytest.fixture
def other(db):
    """Another moderator."""
    return moderator("max")


@pytest.fixture
def standing(idea, maker, other):
    """A voiding of Ada's one supporter, in a state."""

    def in_state(state):
        supported(idea)
        made = pleaded(maker, ideas=[idea.pk])
        if state == "waiting":
            return voiding.ask_second(voiding=made, by=maker)
        if state == "cancelled":
            return voiding.cancel(voiding=made, by=maker, why="Class-mates.")
        if state in ("done", "undone"):
            made = voiding.carry_out(voiding=made, by=maker, expected=1)
        if state == "undone":
            made = voiding.undo(voiding=made, by=other, why="One family.")
        return made

    return in_state


DEEDS = {
    "change": policies.can_change_voiding,
    "ask": policies.can_ask_second,
    "cancel": policies.can_cancel_voiding,
    "undo": policies.can_undo_voiding,
    "void one": lambda who, made: policies.can_carry_out(who, made, 1),
    "void many": lambda who, made: policies.can_carry_out(who, made, 21),
}
# What moderators are told; everybody else is told that it is for them.
TABLE = """
    draft      | change    | yes           | yes
    draft      | ask       | yes           | yes
    draft      | cancel    | yes           | yes
    draft      | undo      | not_in_force  | not_in_force
    draft      | void one  | yes           | yes
    draft      | void many | second_person | second_person
    waiting    | change    | not_a_draft   | not_a_draft
    waiting    | ask       | not_a_draft   | not_a_draft
    waiting    | cancel    | yes           | yes
    waiting    | void one  | second_person | yes
    waiting    | void many | second_person | yes
    done       | change    | not_a_draft   | not_a_draft
    done       | cancel    | over          | over
    done       | void one  | over          | over
    done       | undo      | yes           | yes
    cancelled  | void one  | over          | over
    cancelled  | undo      | not_in_force  | not_in_force
    undone     | void one  | over          | over
    undone     | undo      | not_in_force  | not_in_force
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:2]))
def test_who_may(request, standing, row):
    state, deed, *answers = row
    made = standing(state)
    expected = ["not_a_moderator"] * 3 + answers
    said = []
    for who in CAST:
        verdict = DEEDS[deed](request.getfixturevalue(who), made)
        assert bool(verdict.reason) == (not verdict)
        said.append(verdict.code or "yes")
    assert said == expected


@pytest.mark.parametrize(("votes", "code"), [(0, "matches_nothing"), (20_001, "too_many")])
def test_none_and_too_many(standing, maker, votes, code):
    assert policies.can_carry_out(maker, standing("draft"), votes).code == code
