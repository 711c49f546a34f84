"""Voiding against voters, teams and other moderators: one story, an exact tally, no deadlock."""

from functools import partial

import pytest

from community.errors import Refused
from ideas.conditions import Conditions
from ideas.models import IdeaTally, Merge, Support, TallyDelta, Voiding
from ideas.services import merging, tallies, voiding
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.ideas import IdeaFactory, supported
from tests.factories.voiding import moderator, pleaded, voided
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


@pytest.fixture
def mina(committed):
    return moderator("mina")


def void_what_fits(made, by):
    """Look and void until nothing changes in between."""
    while True:
        found = Support.objects.voidable(Conditions.of(made.conditions)).count()
        try:
            return voiding.carry_out(voiding=made, by=by, expected=found)
        except Refused as refused:
            if refused.code != "changed":
                raise


def only_refused(results):
    assert [one for one in failures(results) if not isinstance(one, Refused)] == []


def assert_exact():
    tallies.sweep()
    assert not TallyDelta.objects.exists()
    assert tallies.drifts() == []
    for done in Voiding.objects.filter(state="done"):
        assert Support.objects.filter(voided_by=done).count() == done.votes


def test_two_moderators_void_once(idea, mina):
    supported(idea, 5)
    made = pleaded(mina, ideas=[idea.pk])
    deeds = [partial(voiding.carry_out, voiding=made, by=mina, expected=5)] * 4
    results = at_once(*deeds)
    assert [one.code for one in failures(results)] == ["over"] * 3
    assert_exact()


def test_two_voidings_of_the_same_votes(idea, mina):
    """What one has voided is not there for the other."""
    supported(idea, 6)
    deeds = [
        partial(void_what_fits, pleaded(mina, ideas=[idea.pk]), mina),
        partial(void_what_fits, pleaded(mina, authors=[idea.author_id]), mina),
    ]
    codes = [getattr(one, "code", one.__class__) for one in failures(at_once(*deeds))]
    assert codes in (["matches_nothing"], [])
    assert Support.objects.filter(state="voided").count() == 6
    assert_exact()


def test_against_voters_who_click(idea, mina):
    voters = supported(idea, 8)
    made = pleaded(mina, ideas=[idea.pk])

    def click(voter):
        for _round in range(3):
            withdraw_support(idea=idea, member=voter)
            give_support(idea=idea, member=voter)

    only_refused(at_once(*(partial(click, v) for v in voters), partial(void_what_fits, made, mina)))
    assert_exact()
    assert not Support.objects.counted().filter(voided_by__isnull=False).exists()


def test_undoing_against_withdrawing(idea, mina):
    voters = supported(idea, 8)
    done = voided(mina, ideas=[idea.pk])
    leave = [partial(withdraw_support, idea=idea, member=voter) for voter in voters[:4]]
    only_refused(at_once(partial(voiding.undo, voiding=done, by=mina, why="A mistake."), *leave))
    assert_exact()
    counted = Support.objects.counted().values_list("member_id", flat=True)
    assert set(counted) == {voter.pk for voter in voters[4:]}
    assert IdeaTally.objects.get(pk=idea.pk).supports == 4


def test_against_a_merge_and_its_undoing(idea, board, team_member, mina):
    twin = IdeaFactory(board=board)
    supported(idea, 3)
    fans = supported(twin, 3)

    def merge_and_part():
        merging.merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
        merging.unmerge(merge=Merge.objects.live().get(), by=team_member, note="They differ.")

    def void_and_undo():
        done = void_what_fits(pleaded(mina, members=[fan.pk for fan in fans]), mina)
        voiding.undo(voiding=done, by=mina, why="A mistake.")

    for _round in range(3):
        assert failures(at_once(merge_and_part, void_and_undo)) == []
        assert_exact()
    assert set(IdeaTally.objects.values_list("supports", flat=True)) == {3}
