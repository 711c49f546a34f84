"""New terms of a board."""

import pytest

from activity.models import EventRecord
from ideas.models import WorkCalendar
from ideas.services.boards import change_terms

pytestmark = pytest.mark.django_db


def test_terms_have_a_history_and_a_fact(board, admin_member):
    office = WorkCalendar.objects.create(name="Office")
    change_terms(board=board, by=admin_member, answer_threshold=20, calendar=office)
    new, old = board.terms.order_by("-id")
    assert (old.answer_threshold, old.calendar) == (50, None)
    assert (new.answer_threshold, new.calendar, new.answer_days) == (20, office, 30)
    fact = EventRecord.objects.get(kind="ideas.board_terms_changed")
    assert fact.payload == {"board_id": board.pk, "threshold_before": 50, "threshold": 20}
    assert fact.actor_id == admin_member.pk


def test_the_same_terms_again_are_no_change(board):
    change_terms(board=board, by=None, answer_threshold=board.answer_threshold)
    assert board.terms.count() == 1
    assert not EventRecord.objects.exists()
