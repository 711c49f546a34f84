"""The tally is a recount, whatever happened; kept by folding small changes."""

import math
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ideas import heat
from ideas.models import Comment, IdeaTally, Support, TallyDelta
from ideas.services import tallies
from ideas.services.discussing import comment
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.supporting import count_pending, give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory, said_on, supported
from tests.sql import sql

pytestmark = pytest.mark.django_db


def tally(idea):
    return IdeaTally.objects.get(pk=idea.pk)


class Community(RuleBasedStateMachine):
    """Two ideas, four members (two with unconfirmed addresses) and all that they may do."""

    which = st.integers(0, 1)
    who = st.integers(0, 3)

    @initialize()
    def gather(self):
        self.ideas = IdeaFactory.create_batch(2)
        self.members = MemberFactory.create_batch(2)
        self.members += MemberFactory.create_batch(2, email_verified_at=None)
        self.comments = []
        self.clock = timezone.now()

    @rule(which=which, who=who)
    def support(self, which, who):
        shown = give_support(idea=self.ideas[which], member=self.members[who])
        self.agrees(which, shown)

    @rule(which=which, who=who)
    def withdraw(self, which, who):
        shown = withdraw_support(idea=self.ideas[which], member=self.members[who])
        self.agrees(which, shown)

    def agrees(self, which, shown):
        assert shown == Support.objects.counted().filter(idea=self.ideas[which]).count()

    @rule(who=who)
    def confirm_address(self, who):
        member = self.members[who]
        member.email_verified_at = timezone.now()
        member.save()
        count_pending(member=member)

    @rule(which=which, days=st.integers(0, 4000))
    def vote_that_an_import_brought(self, which, days):
        """Of any age; in one statement, past the services."""
        moment = self.clock - timedelta(days=days)
        Support.objects.create(
            idea=self.ideas[which],
            member=MemberFactory(),
            state="counted",
            counted_at=moment,
            cause="imported",
        )

    @rule(which=which, hidden=st.booleans())
    def hide_idea(self, which, hidden):
        set_idea_hidden(idea=self.ideas[which], hidden=hidden)
        self.ideas[which].refresh_from_db(fields=["hidden_at"])
        if hidden:  # nobody votes on what is hidden
            set_idea_hidden(idea=self.ideas[which], hidden=False)
            self.ideas[which].refresh_from_db(fields=["hidden_at"])

    @rule(which=which)
    def say(self, which):
        self.comments.append(comment(idea=self.ideas[which], by=self.members[0], body="Hm."))

    @rule(hidden=st.booleans(), nth=st.integers(0, 5))
    def hide_comment(self, hidden, nth):
        if self.comments:
            set_comment_hidden(comment=self.comments[nth % len(self.comments)], hidden=hidden)

    @rule()
    def sweep(self):
        tallies.sweep()
        assert not TallyDelta.objects.exists()

    @invariant()
    def nothing_drifts(self):
        assert tallies.drifts() == []

    def teardown(self):
        if not hasattr(self, "ideas"):
            return
        tallies.sweep()
        for idea in self.ideas:
            kept = tally(idea)
            votes = Support.objects.counted().filter(idea=idea)
            moments = list(votes.values_list("counted_at", flat=True))
            assert kept.supports == len(moments)
            assert kept.comments == Comment.objects.shown().filter(idea=idea).count()
            hot = heat.heat(moments)
            assert kept.hot == hot or math.isclose(kept.hot, hot, abs_tol=1e-6)


class TestAnySequenceOfDeeds(Community.TestCase, TestCase):
    settings = settings(max_examples=12, stateful_step_count=16, deadline=None)


def test_votes_warm_an_idea_by_the_formula(idea):
    supported(idea, 3)
    moments = Support.objects.values_list("counted_at", flat=True)
    assert tally(idea).hot == pytest.approx(heat.heat(moments), abs=1e-9)


def test_withdrawing_makes_the_sum_anew(idea):
    first, _second = supported(idea, 2)
    withdraw_support(idea=idea, member=first)
    left = Support.objects.counted().get().counted_at
    assert tally(idea).hot == pytest.approx(heat.exponent(left), abs=1e-9)


def test_an_idea_that_lost_its_last_vote_is_cold_again(idea):
    (only,) = supported(idea)
    withdraw_support(idea=idea, member=only)
    assert (tally(idea).supports, tally(idea).hot) == (0, heat.COLD)


@pytest.mark.parametrize("years", [1, 30, 80])
def test_votes_ages_apart_do_not_overflow(idea, stranger, supporter, years):
    """e^5844 is beyond any number; its logarithm is not."""
    now = datetime(2026, 6, 1, tzinfo=heat.EPOCH.tzinfo)
    moments = [now, now - timedelta(days=365 * years)]
    for member, moment in zip([stranger, supporter], moments, strict=True):
        Support.objects.create(idea=idea, member=member, state="counted", counted_at=moment)
    tallies.fold(idea.pk)
    assert tally(idea).hot == pytest.approx(heat.heat(moments), abs=1e-9)
    assert tallies.drifts() == []


def test_the_sweep_folds_what_voters_left(idea, stranger):
    Support.objects.create(idea=idea, member=stranger, state="counted", counted_at=timezone.now())
    assert tally(idea).supports == 0
    assert tallies.sweep() == 1
    assert tally(idea).supports == 1
    assert tallies.sweep() == 0


def test_folding_an_idea_that_is_gone_says_nothing_stands():
    with pytest.raises(TypeError):
        tallies.fold(10**12)


DRIFTED = [
    "UPDATE ideas_ideatally SET supports = supports + 1",
    "UPDATE ideas_ideatally SET comments = comments + 1",
    "UPDATE ideas_ideatally SET hot = hot + 0.001",
]


@pytest.mark.parametrize("statement", DRIFTED)
def test_a_drift_is_found(idea, statement):
    supported(idea)
    said_on(idea)
    assert tallies.drifts() == []
    sql(statement)
    (drift,) = tallies.drifts()
    assert drift.idea_id == idea.pk
    assert drift.kept != drift.counted


def test_the_command_proves_the_books(idea, capsys):
    supported(idea, 2)
    call_command("verify_tallies")
    assert capsys.readouterr().out == "Every tally equals a recount.\n"


def test_the_command_fails_on_drift(idea, capsys):
    supported(idea)
    sql(DRIFTED[0])
    with pytest.raises(CommandError, match="1 tallies differ"):
        call_command("verify_tallies")
    assert f"idea {idea.pk}: kept (2, " in capsys.readouterr().out
