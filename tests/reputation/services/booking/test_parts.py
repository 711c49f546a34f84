"""Each who has a part in an idea is paid once, while it is shipped."""

import pytest

from ideas.services.crediting import credit_comment, take_back
from ideas.services.merging import merge, unmerge
from ideas.services.steps import decide
from tests.factories.ideas import GROUNDS, IdeaFactory, said_on
from tests.reputation.conftest import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def ship(idea, team_member):
    """Or take it back, with `back=True`."""

    def step(*ways):
        for to in ways or ("planned", "in_progress", "shipped"):
            decide(idea=idea, to=to, by=team_member, grounds=GROUNDS)

    return step


@pytest.fixture
def concern(idea, supporter):
    return said_on(idea, by=supporter, kind="concern")


def test_a_part_is_paid_when_it_ships(concern, supporter, team_member, ship, standing):
    credit_comment(comment=concern, by=team_member)
    assert standing(supporter) == 0
    ship()
    assert standing(supporter) == 15
    ship("in_progress")
    assert standing(supporter) == 0
    ship("shipped")
    assert standing(supporter) == 15
    assert [cause for _, cause, _ in lines(supporter)] == ["earned", "unshipped", "earned"]


def test_all_at_once_is_the_same(concern, supporter, team_member, ship, standing):
    credit_comment(comment=concern, by=team_member)
    ship()
    ship("in_progress", "shipped")
    assert standing(supporter) == 15
    assert [cause for _, cause, _ in lines(supporter)] == ["earned", "unshipped", "earned"]


def test_a_part_found_later_is_paid_too(concern, supporter, team_member, ship, standing):
    ship()
    standing(supporter)
    credit_comment(comment=concern, by=team_member)
    assert standing(supporter) == 15
    take_back(comment=concern, by=team_member)
    assert standing(supporter) == 0


def test_two_reasons_are_one_part(idea, concern, supporter, team_member, ship, standing):
    other = said_on(idea, by=supporter, kind="concern", body="And dark.")
    for said in (concern, other):
        credit_comment(comment=said, by=team_member)
    ship()
    assert standing(supporter) == 15
    take_back(comment=concern, by=team_member)
    assert standing(supporter) == 15
    take_back(comment=other, by=team_member)
    assert standing(supporter) == 0


def test_whoever_had_the_same_idea_while_it_is_merged(
    idea, board, supporter, author, team_member, ship, standing
):
    same = IdeaFactory(board=board, author=supporter)
    made = merge(duplicate=same, survivor=idea, by=team_member, note="The same.")
    ship()
    assert standing(supporter) == 15
    unmerge(merge=made, by=team_member, note="Another one.")
    assert standing(supporter) == 0
    assert standing(author) == 65


def test_what_was_credited_on_a_merged_idea_counts_while_it_is_merged(
    idea, board, supporter, author, team_member, ship, standing
):
    """By steps, too: what was merged into the merged idea before."""
    same, oldest = (IdeaFactory(board=board) for _idea in range(2))
    concern = said_on(oldest, by=supporter, kind="concern")
    credit_comment(comment=concern, by=team_member)
    merge(duplicate=oldest, survivor=same, by=team_member, note="The same.")
    made = merge(duplicate=same, survivor=idea, by=team_member, note="The same.")
    assert standing(supporter) == 0
    ship()
    assert standing(supporter) == 15
    assert [standing(one.author) for one in (same, oldest)] == [15, 15]
    unmerge(merge=made, by=team_member, note="Another one.")
    assert [standing(one) for one in (supporter, same.author, oldest.author)] == [0, 0, 0]
    assert standing(author) == 65


def test_whoever_has_a_part_in_both_is_paid_once(
    idea, concern, board, supporter, team_member, ship, standing
):
    same = IdeaFactory(board=board)
    other = said_on(same, by=supporter, kind="concern", body="And dark.")
    for said in (concern, other):
        credit_comment(comment=said, by=team_member)
    made = merge(duplicate=same, survivor=idea, by=team_member, note="The same.")
    ship()
    assert standing(supporter) == 15
    unmerge(merge=made, by=team_member, note="Another one.")
    assert standing(supporter) == 15
    ship("in_progress")
    assert standing(supporter) == 0


def test_what_is_credited_on_a_merged_idea_later_counts_at_once(
    idea, board, supporter, team_member, ship, standing
):
    same = IdeaFactory(board=board)
    merge(duplicate=same, survivor=idea, by=team_member, note="The same.")
    ship()
    standing(supporter)
    concern = said_on(same, by=supporter, kind="concern")
    credit_comment(comment=concern, by=team_member)
    assert standing(supporter) == 15
    take_back(comment=concern, by=team_member)
    assert standing(supporter) == 0


def test_the_author_has_no_other_part(idea, board, author, team_member, ship, standing):
    merge(
        duplicate=IdeaFactory(board=board, author=author), survivor=idea, by=team_member, note="x"
    )
    ship()
    assert standing(author) == 65
