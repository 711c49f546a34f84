"""Voters hear that their votes do not count, and that they do again; promises stand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Notification
from ideas.models import Promise, Support
from ideas.services import verifying, voiding
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.ideas import IdeaFactory, supported
from tests.factories.voiding import moderator, voided

pytestmark = pytest.mark.django_db


@pytest.fixture
def mina(db):
    return moderator("mina")


def told(member):
    rows = Notification.objects.filter(member=member, kind__contains="voided")
    rows |= Notification.objects.filter(member=member, kind__contains="reinstated")
    return [(one.kind, one.subject, one.excerpt) for one in rows.order_by("pk")]


def test_the_voter_hears_why_and_nobody_by_whom(idea, mina, deliver):
    (fan,) = supported(idea)
    voided(mina, "From one desk.", ideas=[idea.pk])
    deliver()
    assert told(fan) == [("ideas.voided", idea.title, "From one desk.")]
    assert Notification.objects.get(member=fan).actor is None


def test_of_several_votes_in_one(idea, board, mina, stranger, deliver):
    for one in (idea, IdeaFactory(board=board)):
        give_support(idea=one, member=stranger)
    voided(mina, "From one desk.", members=[stranger.pk])
    deliver()
    assert told(stranger) == [("ideas.several_voided", "2", "From one desk.")]
    assert Notification.objects.get(member=stranger).url == f"/people/{stranger.handle}/supports/"


def test_those_whose_votes_come_back_hear_it(idea, mina, deliver):
    goes, stays = supported(idea, 2)
    done = voided(mina, ideas=[idea.pk])
    withdraw_support(idea=idea, member=goes)
    voiding.undo(voiding=done, by=mina, why="One family.")
    deliver()
    assert told(stays)[-1] == ("ideas.reinstated", idea.title, "One family.")
    assert [kind for kind, *_rest in told(goes)] == ["ideas.voided"]


class TestPromises:
    @pytest.fixture
    def idea(self, board):
        board.answer_threshold = 3
        board.save()
        return IdeaFactory(board=board)

    def test_what_was_earned_stays_promised(self, idea, mina, deliver):
        supported(idea, 3)
        deliver()
        voided(mina, ideas=[idea.pk])
        deliver()
        assert Promise.objects.get(idea=idea).state == "running"
        assert verifying.drifts() == []

    def test_votes_that_come_back_may_earn_an_answer_from_then_on(self, idea, mina, deliver):
        early = supported(idea, 2)
        Support.objects.update(counted_at=timezone.now() - timedelta(days=9))
        done = voided(mina, members=[one.pk for one in early])
        supported(idea, 1)
        deliver()
        assert not Promise.objects.exists()
        voiding.undo(voiding=done, by=mina, why="One family.")
        deliver()
        promise = Promise.objects.get(idea=idea)
        assert promise.started_at >= Support.objects.latest("id").counted_at
        assert verifying.drifts() == []
