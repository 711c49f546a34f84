"""What is taken back by hand, and given back."""

import pytest

from community.errors import Refused
from ideas.services.supporting import give_support, withdraw_support
from reputation.models import Entry, Reversal
from reputation.services import restore, reverse
from tests.factories.ideas import IdeaFactory
from tests.reputation.conftest import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def votes(idea, board, author, supporter, stranger, deliver):
    """Sven supports both of Ada's ideas, Tom one."""
    give_support(idea=idea, member=supporter)
    give_support(idea=IdeaFactory(board=board, author=author), member=supporter)
    give_support(idea=idea, member=stranger)
    deliver()


def test_one_members_deeds(votes, supporter, author, admin_member, standing):
    made = reverse(by=admin_member, reason="Bought.", whose=supporter.pk)
    assert (made.grounds, made.made_by, made.reason) == (2, admin_member, "Bought.")
    assert standing(author) == 10
    assert Entry.objects.filter(batch=made.pk, cause="reversed").count() == 2


def test_again_changes_nothing(votes, supporter, author, standing):
    reverse(by=None, reason="Bought.", whose=supporter.pk)
    standing(author)
    assert reverse(by=None, reason="Bought.", whose=supporter.pk) is None
    assert standing(author) == 10


def test_and_back(votes, supporter, author, standing):
    made = reverse(by=None, reason="Bought.", whose=supporter.pk)
    standing(author)
    done = restore(reversal=made, by=None, reason="They were not.")
    assert standing(author) == 30
    assert restore(reversal=made, by=None, reason="Again.").undo_reason == done.undo_reason
    assert standing(author) == 30


def test_what_was_withdrawn_meanwhile_stays_withdrawn(votes, idea, supporter, author, standing):
    made = reverse(by=None, reason="Bought.", whose=supporter.pk)
    standing(author)
    withdraw_support(idea=idea, member=supporter)
    restore(reversal=made, by=None, reason="They were not.")
    assert standing(author) == 20


def test_a_batch_is_reversed_as_one(votes, supporter, author, standing):
    made = reverse(by=None, reason="Bought.", whose=supporter.pk)
    standing(author)
    restore(reversal=made, by=None, reason="They were not.")
    standing(author)
    again = reverse(by=None, reason="They were.", batch=made.pk)
    assert standing(author) == 10
    assert lines(author)[-1] == ("supported", "reversed", -10)
    assert Reversal.objects.count() == 2
    assert again.batch == made.pk


def test_not_before_it_is_booked(votes, supporter):
    made = reverse(by=None, reason="Bought.", whose=supporter.pk)
    with pytest.raises(Refused) as refusal:
        restore(reversal=made, by=None, reason="They were not.")
    assert refusal.value.code == "not_booked"


@pytest.mark.parametrize("reason", ["", "  "])
def test_never_without_a_reason(votes, supporter, reason):
    with pytest.raises(Refused) as refusal:
        reverse(by=None, reason=reason, whose=supporter.pk)
    assert refusal.value.code == "missing_reason"


def test_never_everything():
    with pytest.raises(Refused) as refusal:
        reverse(by=None, reason="All of it.")
    assert refusal.value.code == "missing_deeds"
