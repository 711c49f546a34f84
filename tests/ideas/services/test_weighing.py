"""What stands beside the tally: measured in batches, anew when support has changed."""

import numpy as np
import pytest

from ideas.models import Idea, SupportQuality
from ideas.services import merging, voiding, weighing
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.community import MemberFactory, befriend
from tests.factories.ideas import IdeaFactory, supported
from tests.factories.voiding import moderator, voided

pytestmark = pytest.mark.django_db


def measured(idea):
    weighing.measure_changed()
    return SupportQuality.objects.get(pk=idea.pk)


def ring(board, size=6, ideas=8):
    """Members who support the same ideas, among many that others support; returns one of them."""
    members = MemberFactory.create_batch(size)
    common = IdeaFactory.create_batch(ideas, board=board)
    for idea in common:
        for member in members:
            give_support(idea=idea, member=member)
    for other in IdeaFactory.create_batch(12, board=board):
        supported(other, 4)
    return common[0]


def test_strangers_count_in_full(idea, deliver):
    supported(idea, 6)
    deliver()
    quality = measured(idea)
    assert (quality.supporters, quality.independent, quality.circle) == (6, 6, 0)
    assert quality.is_shown


def test_those_who_always_move_together_count_less(board, deliver):
    idea = ring(board)
    deliver()
    quality = measured(idea)
    assert quality.supporters == 6
    # 7 other ideas shared, a part of it by chance: between the root of 6 and 6.
    assert 4 < quality.independent < 5.2


def test_the_circle_is_friends_of_who_wrote_it(idea, author, deliver):
    fans = supported(idea, 5)
    befriend(author, fans[0])
    befriend(author, MemberFactory())
    deliver()
    quality = measured(idea)
    assert (quality.circle, quality.circle_percent) == (1, 20)


def test_only_what_changed_is_measured(idea, board, deliver):
    supported(idea, 5)
    deliver()
    assert weighing.measure_changed() == 1
    assert weighing.measure_changed() == 0
    supported(IdeaFactory(board=board), 1)
    deliver()
    assert weighing.measure_changed() == 1


def test_withdrawn_and_voided_votes_are_gone_from_it(idea, deliver):
    fans = supported(idea, 7)
    withdraw_support(idea=idea, member=fans[0])
    mina = moderator("mina")
    done = voided(mina, members=[fans[1].pk])
    deliver()
    assert measured(idea).supporters == 5
    voiding.undo(voiding=done, by=mina, why="A mistake.")
    deliver()
    assert measured(idea).supporters == 6


def test_supporters_of_a_merged_idea_are_those_of_the_survivor(idea, board, team_member, deliver):
    twin = IdeaFactory(board=board)
    supported(twin, 3)
    supported(idea, 3)
    merging.merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
    deliver()
    assert measured(idea).supporters == 6


def test_every_night_all_that_wait_for_an_answer(idea):
    supported(idea, 5)
    assert weighing.measure_open() == 1
    assert SupportQuality.objects.get(pk=idea.pk).supporters == 5


def test_of_very_many_always_the_same_are_looked_at(idea, monkeypatch, deliver):
    supported(idea, 9)
    monkeypatch.setattr(weighing, "SAMPLE", 4)
    assert len(weighing._sample(idea.pk)) == 4
    assert weighing._sample(idea.pk) == weighing._sample(idea.pk)
    assert weighing.measure_open() == 1
    assert SupportQuality.objects.get(pk=idea.pk).independent == pytest.approx(9)


def test_the_arithmetic_gets_what_the_votes_say(board):
    """No vote of the idea itself, none twice, each with its number."""
    idea = ring(board, size=3, ideas=4)
    weighing.measure_open()
    by_chance = weighing.coincidence()
    supports = np.array([3] * 4 + [4] * 12)
    assert by_chance == pytest.approx((supports**2).sum() / supports.sum() ** 2)
    beyond = max(0, 3 - by_chance * 9)
    expected = (3 + 6 * 5 / (5 + beyond)) ** 0.5
    assert SupportQuality.objects.get(pk=idea.pk).independent == pytest.approx(expected)


class TestPages:
    @pytest.fixture
    def measured_idea(self, idea, deliver):
        supported(idea, 5)
        deliver()
        weighing.measure_changed()
        return idea

    def test_it_stands_beside_the_tally_with_what_it_means(self, visitor, measured_idea):
        page = visitor.get(f"/ideas/{measured_idea.pk}/").content.decode()
        assert "Independent support" in page
        assert "5 of 5" in page
        assert "only the tally decides" in page

    def test_and_in_the_workspace(self, signed_in, team_member, measured_idea):
        client = signed_in(team_member)
        for address in ("", "preview/"):
            page = client.get(f"/review/ideas/{measured_idea.pk}/{address}").content.decode()
            assert "Independent support" in page

    def test_not_below_five(self, visitor, idea, deliver):
        supported(idea, 4)
        deliver()
        weighing.measure_changed()
        page = visitor.get(f"/ideas/{idea.pk}/").content.decode()
        assert "Independent support" not in page

    def test_programs_read_it(self, api, measured_idea, board):
        said = api.get(f"/api/v1/ideas/{measured_idea.pk}/").json()
        assert said["support_quality"] == {
            "supporters": 5, "independent": 5, "circle_percent": 0,
        }  # fmt: skip
        other = IdeaFactory(board=board)
        assert api.get(f"/api/v1/ideas/{other.pk}/").json()["support_quality"] is None

    def test_it_costs_no_query(self, measured_idea, django_assert_num_queries):
        with django_assert_num_queries(1):
            idea = Idea.objects.for_page(None).get(pk=measured_idea.pk)
            assert idea.quality.is_shown
