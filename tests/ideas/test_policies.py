"""Who may do what, as tables: one column for each of the cast."""

import pytest
from django.contrib.auth.models import Permission

from ideas import policies
from ideas.models import Idea
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from tests.factories.community import MemberFactory
from tests.factories.ideas import BoardFactory, idea_in, said_on

pytestmark = pytest.mark.django_db

CAST = ("author", "stranger", "newcomer", "team_member", "other_team_member", "manager", "office")


@pytest.fixture
def manager(db):
    """A community manager: staff who may decide on every board."""
    member = MemberFactory(handle="maya", is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="decide_anywhere"))
    return member


@pytest.fixture
def office(db):
    """Staff of another kind."""
    return MemberFactory(handle="otto", is_staff=True)


def table(text):
    """Rows of `case | answer of each of the cast`; `yes`, or the code of the refusal."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [
        pytest.param(case, who, answer, id=f"{case}-{who}")
        for case, *answers in rows
        for who, answer in zip(CAST, answers, strict=True)
    ]


def cases(text):
    return pytest.mark.parametrize(("case", "who", "answer"), table(text))


def code(verdict):
    assert bool(verdict) == (not verdict.code)
    assert bool(verdict.reason) == (not verdict)
    return verdict.code or "yes"


@pytest.fixture
def ask(request, board, author):
    """The cast's member, and Ada's idea on the board in that status."""

    def about(who, status):
        idea = idea_in(status.removeprefix("hidden "), board=board, author=author)
        if status.startswith("hidden"):
            set_idea_hidden(idea=idea, hidden=True)
        return request.getfixturevalue(who), Idea.objects.select_related("board").get(pk=idea.pk)

    return about


@cases("""
    open         | own_idea | yes | yes | yes | yes | yes | yes
    needs_info   | own_idea | yes | yes | yes | yes | yes | yes
    under_review | own_idea | yes | yes | yes | yes | yes | yes
    planned      | own_idea | yes | yes | yes | yes | yes | yes
    in_progress  | own_idea | yes | yes | yes | yes | yes | yes
    declined     | own_idea | yes | yes | yes | yes | yes | yes
    shipped      | own_idea | support_closed | support_closed | support_closed | support_closed | support_closed | support_closed
    draft        | own_idea | support_closed | support_closed | support_closed | support_closed | support_closed | support_closed
    hidden open  | own_idea | support_closed | support_closed | support_closed | support_closed | support_closed | support_closed
""")  # fmt: skip # noqa: E501
def test_supporting(ask, case, who, answer):
    assert code(policies.can_support(*ask(who, case))) == answer


@cases("""
    open        | yes | yes | address_unconfirmed | yes | yes | yes | yes
    shipped     | yes | yes | address_unconfirmed | yes | yes | yes | yes
    draft       | comments_closed | comments_closed | comments_closed | comments_closed | comments_closed | comments_closed | comments_closed
    hidden open | comments_closed | comments_closed | comments_closed | comments_closed | comments_closed | comments_closed | comments_closed
""")  # fmt: skip # noqa: E501
def test_commenting(ask, case, who, answer):
    assert code(policies.can_comment(*ask(who, case))) == answer


@cases("""
    draft        | yes               | not_yours | not_yours | not_yours | not_yours | not_yours | not_yours
    open         | yes               | not_yours | not_yours | not_yours | not_yours | not_yours | not_yours
    needs_info   | yes               | not_yours | not_yours | not_yours | not_yours | not_yours | not_yours
    under_review | already_in_review | not_yours | not_yours | not_yours | not_yours | not_yours | not_yours
    shipped      | already_in_review | not_yours | not_yours | not_yours | not_yours | not_yours | not_yours
    hidden open  | hidden            | not_yours | not_yours | not_yours | not_yours | not_yours | not_yours
""")  # fmt: skip # noqa: E501
def test_editing(ask, case, who, answer):
    assert code(policies.can_edit(*ask(who, case))) == answer


@cases("""
    draft | yes         | not_a_draft | not_a_draft | not_a_draft | not_a_draft | not_a_draft | not_a_draft
    open  | not_a_draft | not_a_draft | not_a_draft | not_a_draft | not_a_draft | not_a_draft | not_a_draft
""")  # fmt: skip # noqa: E501
def test_throwing_away(ask, case, who, answer):
    assert code(policies.can_discard(*ask(who, case))) == answer


@cases("""
    open        | not_your_step | not_your_step | not_your_step | yes    | not_your_step | yes    | not_your_step
    hidden open | not_your_step | not_your_step | not_your_step | hidden | not_your_step | hidden | not_your_step
    shipped     | no_such_step  | no_such_step  | no_such_step  | no_such_step | no_such_step | no_such_step | no_such_step
    draft       | no_such_step  | no_such_step  | no_such_step  | no_such_step | no_such_step | no_such_step | no_such_step
""")  # fmt: skip # noqa: E501
def test_declining(ask, case, who, answer):
    assert code(policies.can_step(*ask(who, case), "declined")) == answer


@cases("""
    needs_info   | yes           | not_your_step | not_your_step | yes | not_your_step | yes | not_your_step
    under_review | not_your_step | not_your_step | not_your_step | yes | not_your_step | yes | not_your_step
""")  # fmt: skip # noqa: E501
def test_opening_again(ask, case, who, answer):
    """An author answers what was asked, and takes nothing out of a review."""
    assert code(policies.can_step(*ask(who, case), "open")) == answer


@cases("""
    open        |      |  |  | under_review needs_info declined planned | | under_review needs_info declined planned |
    needs_info  | open |  |  | open under_review declined               | | open under_review declined               |
    draft       |      |  |  |                                          | |                                          |
    hidden open |      |  |  |                                          | |                                          |
""")  # fmt: skip # noqa: E501
def test_steps_on_offer(ask, case, who, answer):
    assert {step.target.value for step in policies.steps_for(*ask(who, case))} == set(
        answer.split()
    )


@cases("""
    open   | yes          | yes          | address_unconfirmed | yes          | yes          | yes          | yes
    closed | board_closed | board_closed | board_closed        | board_closed | board_closed | board_closed | board_closed
""")  # fmt: skip # noqa: E501
def test_posting(request, case, who, answer):
    board = BoardFactory(accepts_ideas=case == "open")
    assert code(policies.can_post(request.getfixturevalue(who), board)) == answer


@pytest.fixture
def said(idea, stranger, request):
    """What Tom asked about Ada's idea."""

    def in_state(case):
        comment = said_on(idea, by=stranger, kind="comment" if "comment" in case else "question")
        if "hidden" in case:
            set_comment_hidden(comment=comment, hidden=True)
            comment.refresh_from_db()
        return comment

    return in_state


@cases("""
    question        | not_yours | yes    | not_yours | not_yours | not_yours | not_yours | not_yours
    hidden question | not_yours | hidden | not_yours | not_yours | not_yours | not_yours | not_yours
""")
def test_editing_a_comment(request, said, case, who, answer):
    assert code(policies.can_edit_comment(request.getfixturevalue(who), said(case))) == answer


@cases("""
    question        | yes    | own_comment | yes    | yes    | yes    | yes    | yes
    hidden question | hidden | own_comment | hidden | hidden | hidden | hidden | hidden
""")
def test_marking_a_comment_helpful(request, said, case, who, answer):
    assert code(policies.can_mark(request.getfixturevalue(who), said(case))) == answer


@cases("""
    question        | yes | yes | not_yours | yes | not_yours | yes | not_yours
    comment         | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve
    hidden question | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve | nothing_to_resolve
""")  # fmt: skip # noqa: E501
def test_resolving(request, said, case, who, answer):
    assert code(policies.can_resolve(request.getfixturevalue(who), said(case))) == answer


def test_the_teams_of_a_member_are_asked_for_once(team_member, board, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert policies.answers_for(team_member, board)
        assert policies.answers_for(team_member, board)


def test_a_whole_file_of_a_list_is_for_teams(team_member, stranger, admin_member):
    assert policies.can_export_all(team_member)
    assert policies.can_export_all(admin_member)
    for who in (None, stranger):
        verdict = policies.can_export_all(who)
        assert (bool(verdict), verdict.code) == (False, "export_bounded")
