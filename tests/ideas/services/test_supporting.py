"""Support: set, never toggled; pending until the address is confirmed; on a budget where asked."""

import pytest

from activity.models import EventRecord
from community.errors import Refused
from community.models import Member
from community.services import accounts
from ideas.models import Support
from ideas.services.hiding import set_idea_hidden
from ideas.services.supporting import count_pending, give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory, IdeaFactory, idea_in, supported

pytestmark = pytest.mark.django_db


def facts(kind):
    return EventRecord.objects.filter(kind=f"ideas.support_{kind}").count()


def refusal(deed, **about):
    with pytest.raises(Refused) as refused:
        deed(**about)
    return refused.value.code


def test_support_counts_at_once(idea, stranger):
    assert give_support(idea=idea, member=stranger) == 1
    support = Support.objects.get()
    assert (support.state, support.cause) == ("counted", "given")
    assert support.counted_at
    assert facts("given") == 1


def test_supporting_twice_is_supporting_once(idea, stranger):
    give_support(idea=idea, member=stranger)
    since = Support.objects.get().counted_at
    assert give_support(idea=idea, member=stranger) == 1
    assert Support.objects.get().counted_at == since
    assert facts("given") == 1


def test_support_is_withdrawn_any_time(idea, stranger):
    give_support(idea=idea, member=stranger)
    assert withdraw_support(idea=idea, member=stranger) == 0
    support = Support.objects.get()
    assert (support.state, support.cause) == ("withdrawn", "withdrawn")
    assert facts("withdrawn") == 1


def test_withdrawing_what_was_never_given(idea, stranger):
    assert withdraw_support(idea=idea, member=stranger) == 0
    assert not Support.objects.exists()
    assert facts("withdrawn") == 0


def test_support_given_again_counts_from_now(idea, stranger):
    give_support(idea=idea, member=stranger)
    since = Support.objects.get().counted_at
    withdraw_support(idea=idea, member=stranger)
    assert give_support(idea=idea, member=stranger) == 1
    assert Support.objects.get().counted_at > since
    assert facts("given") == 2


def test_supporters_are_counted_of_one_idea_alone(idea, stranger):
    supported(IdeaFactory(), 3)
    assert give_support(idea=idea, member=stranger) == 1


@pytest.mark.parametrize("status", ["open", "needs_info", "under_review", "planned", "in_progress", "declined"])  # fmt: skip # noqa: E501
def test_what_takes_support(status, stranger):
    assert give_support(idea=idea_in(status), member=stranger) == 1


@pytest.mark.parametrize("status", ["draft", "shipped"])
def test_what_takes_no_support(status, stranger):
    assert refusal(give_support, idea=idea_in(status), member=stranger) == "support_closed"


@pytest.mark.parametrize("status", ["open", "declined", "shipped"])
def test_support_is_withdrawn_whatever_became_of_the_idea(status, idea, stranger, board):
    """Taken back even where none can be given any more."""
    idea = IdeaFactory(board=board)
    give_support(idea=idea, member=stranger)
    from_here = idea_in(status)
    assert withdraw_support(idea=from_here, member=stranger) == 0
    assert withdraw_support(idea=idea, member=stranger) == 0


def test_ones_own_idea(idea, author):
    assert refusal(give_support, idea=idea, member=author) == "own_idea"


def test_ones_own_draft():
    draft = DraftFactory()
    assert refusal(give_support, idea=draft, member=draft.author) == "own_idea"


def test_a_hidden_idea(idea, stranger):
    set_idea_hidden(idea=idea, hidden=True)
    idea.refresh_from_db()
    assert refusal(give_support, idea=idea, member=stranger) == "support_closed"


class TestUnconfirmed:
    """A vote of an unconfirmed address waits."""

    def test_it_is_pending(self, idea, newcomer):
        assert give_support(idea=idea, member=newcomer) == 0
        assert Support.objects.get().state == "pending"
        assert facts("given") == 0

    def test_it_counts_from_the_confirmation(self, idea, newcomer):
        give_support(idea=idea, member=newcomer)
        assert count_pending(member=newcomer) == 1
        support = Support.objects.get()
        assert (support.state, support.cause) == ("counted", "address_confirmed")
        assert facts("given") == 1

    def test_it_counts_once(self, idea, newcomer):
        give_support(idea=idea, member=newcomer)
        count_pending(member=newcomer)
        assert count_pending(member=newcomer) == 0
        assert facts("given") == 1

    def test_what_was_withdrawn_meanwhile_does_not_count(self, idea, newcomer):
        give_support(idea=idea, member=newcomer)
        withdraw_support(idea=idea, member=newcomer)
        assert count_pending(member=newcomer) == 0
        assert facts("withdrawn") == 0
        assert Support.objects.get().state == "withdrawn"

    def test_others_still_wait(self, idea, newcomer):
        patient = MemberFactory(email_verified_at=None)
        give_support(idea=idea, member=newcomer)
        give_support(idea=idea, member=patient)
        count_pending(member=newcomer)
        assert Support.objects.get(member=patient).state == "pending"

    def test_clicking_again_after_the_confirmation_counts(self, idea, newcomer):
        give_support(idea=idea, member=newcomer)
        newcomer.email_verified_at = newcomer.date_joined
        assert give_support(idea=idea, member=newcomer) == 1

    def test_a_confirmed_address_lets_votes_count(self, idea, newcomer, deliver):
        """From the mailed link to the tally, through the log."""
        give_support(idea=idea, member=newcomer)
        accounts.confirm_address(member=newcomer)
        deliver()
        idea.tally.refresh_from_db()
        assert idea.tally.supports == 1


class TestBudget:
    """2, 4, 6, 8 or 10 active supports on a board that has a budget, by trust level."""

    @pytest.fixture
    def board(self, board):
        board.uses_budget = True
        board.save()
        return board

    @pytest.fixture
    def spender(self, board):
        member = MemberFactory(trust_level=0)
        self.spent = IdeaFactory.create_batch(2, board=board)
        for idea in self.spent:
            give_support(idea=idea, member=member)
        return member

    @pytest.mark.parametrize(("level", "budget"), [(0, 2), (1, 4), (2, 6), (3, 8), (4, 10)])
    def test_by_trust_level(self, board, level, budget):
        member = MemberFactory(trust_level=level)
        ideas = IdeaFactory.create_batch(budget + 1, board=board)
        for idea in ideas[:budget]:
            give_support(idea=idea, member=member)
        assert refusal(give_support, idea=ideas[budget], member=member) == "budget_spent"

    def test_a_spent_budget_refuses_nothing_that_stands(self, spender):
        assert give_support(idea=self.spent[0], member=spender) == 1

    def test_a_withdrawn_support_is_given_back(self, spender, idea):
        withdraw_support(idea=self.spent[0], member=spender)
        assert give_support(idea=idea, member=spender) == 1

    @pytest.mark.parametrize("status", ["declined", "shipped"])
    def test_a_closed_idea_gives_it_back(self, board, status):
        member = MemberFactory(trust_level=0)
        closing = [idea_in("in_progress", board=board), IdeaFactory(board=board)]
        for idea in closing:
            give_support(idea=idea, member=member)
        assert refusal(give_support, idea=IdeaFactory(board=board), member=member)
        closed = idea_in(status, board=board)
        Support.objects.filter(idea=closing[0]).update(idea=closed)
        assert give_support(idea=IdeaFactory(board=board), member=member) == 1

    def test_a_declined_idea_is_supported_for_nothing(self, spender, board):
        assert give_support(idea=idea_in("declined", board=board), member=spender) == 1

    def test_a_hidden_idea_gives_it_back(self, spender, idea):
        set_idea_hidden(idea=self.spent[0], hidden=True)
        assert give_support(idea=idea, member=spender) == 1

    def test_what_waits_for_an_address_is_spent_too(self, board):
        member = MemberFactory(email_verified_at=None, trust_level=0)
        ideas = IdeaFactory.create_batch(3, board=board)
        for idea in ideas[:2]:
            give_support(idea=idea, member=member)
        assert refusal(give_support, idea=ideas[2], member=member) == "budget_spent"

    def test_other_boards_are_not_on_it(self, spender):
        assert give_support(idea=IdeaFactory(), member=spender) == 1


def test_votes_of_a_member_who_left_stay(idea, stranger):
    give_support(idea=idea, member=stranger)
    Member.objects.filter(pk=stranger.pk).update(is_active=False)
    idea.tally.refresh_from_db()
    assert idea.tally.supports == 1
