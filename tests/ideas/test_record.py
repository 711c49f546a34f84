"""The record of promises: earned answers of a year, in time or not."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from ideas.models import Idea
from ideas.record import promises_kept
from ideas.services.hiding import set_idea_hidden
from tests.factories.ideas import idea_in

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


def promised(status, *, due, answered=None):
    """An idea in a status, due and answered that many days from now."""
    idea = idea_in(status)
    now = timezone.now()
    Idea.objects.filter(pk=idea.pk).update(
        threshold_reached_at=now - 400 * A_DAY,
        answer_due_at=now + due * A_DAY,
        answered_at=None if answered is None else now + answered * A_DAY,
    )
    return idea


def test_before_the_first_answer_is_due_there_is_no_record():
    promised("open", due=3)
    assert promises_kept() is None


def test_kept_broken_and_overdue():
    promised("declined", due=-10, answered=-12)
    promised("planned", due=-10, answered=-11)
    promised("planned", due=-10, answered=-9)
    promised("open", due=-1)
    promised("under_review", due=1)
    record = promises_kept()
    assert (record.answered, record.kept, record.overdue) == (3, 2, 1)
    assert record.percent == 50
    assert record.share == 50


def test_the_share_is_rounded_down():
    for _ in range(2):
        promised("declined", due=-10, answered=-12)
    promised("open", due=-1)
    assert promises_kept().percent == 66


def test_what_was_answered_over_a_year_ago_is_history():
    promised("declined", due=-380, answered=-370)
    assert promises_kept() is None


def test_hidden_ideas_are_no_ones_debt():
    set_idea_hidden(idea=promised("open", due=-1), hidden=True)
    assert promises_kept() is None


def test_a_minute_old_at_the_most(django_assert_num_queries):
    promised("open", due=-1)
    promises_kept()
    with django_assert_num_queries(0):
        assert promises_kept().overdue == 1
    cache.clear()
    with django_assert_num_queries(1):
        promises_kept()
