"""Votes are voided by a saved query, by two people above twenty, and come back when undone."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from activity.models import EventRecord
from community.errors import Refused
from community.models import Member, SignIn
from community.privacy import Leaving
from ideas.conditions import BadConditions, Conditions
from ideas.models import Idea, IdeaTally, Support, SupportChange, Voiding
from ideas.services import merging, tallies, voiding
from ideas.services.leaving import withdraw_supports
from ideas.services.supporting import count_pending, give_support, withdraw_support
from ideas.services.voiding import Plea
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory, supported
from tests.factories.voiding import moderator, pleaded, voided

pytestmark = pytest.mark.django_db


@pytest.fixture
def mina(db):
    """A moderator."""
    return moderator("mina")


@pytest.fixture
def max_(db):
    """Another moderator."""
    return moderator("max")


def refusal(deed, **about):
    with pytest.raises(Refused) as refused, transaction.atomic():
        deed(**about)
    return refused.value.code


def refused_by_database(name):
    return pytest.raises(DatabaseError, match=name)


def supporters_of(idea):
    return IdeaTally.objects.get(pk=idea.pk).supports


def states(idea):
    rows = Support.objects.filter(idea=idea).order_by("member_id")
    return list(rows.values_list("state", flat=True))


def facts(kind):
    rows = EventRecord.objects.filter(kind=f"ideas.supports_{kind}").order_by("pk")
    return list(rows.values_list("payload", flat=True))


class TestVoiding:
    def test_the_votes_stop_counting_and_say_why(self, idea, mina):
        ring = supported(idea, 2)
        stays = supported(idea)[0]
        done = voided(mina, members=[one.pk for one in ring])
        assert (done.state, done.votes, done.idea_count, done.member_count) == ("done", 2, 1, 2)
        assert done.board_ids == [idea.board_id]
        assert (done.done_by, supporters_of(idea)) == (mina, 1)
        rows = Support.objects.filter(member__in=ring)
        assert set(rows.values_list("state", "cause", "voided_by")) == {
            ("voided", "voided", done.pk)
        }
        assert Support.objects.get(member=stays).state == "counted"
        trail = SupportChange.objects.filter(support__member=ring[0]).order_by("id")
        assert list(trail.values_list("before", "after", "cause")) == [
            ("", "counted", "given"), ("counted", "voided", "voided"),
        ]  # fmt: skip
        votes = sorted([idea.pk, idea.author_id, one.pk] for one in ring)
        assert facts("voided") == [{"batch_id": done.pk, "votes": votes}]
        assert tallies.drifts() == []

    def test_a_vote_that_waits_is_voided_quietly(self, idea, mina, newcomer):
        """Nothing that counted counts no more."""
        give_support(idea=idea, member=newcomer)
        done = voided(mina, members=[newcomer.pk])
        assert (done.votes, states(idea), facts("voided")) == (1, ["voided"], [])

    def test_nothing_fits(self, idea, mina):
        made = pleaded(mina, ideas=[idea.pk])
        assert refusal(voiding.carry_out, voiding=made, by=mina, expected=0) == "matches_nothing"

    def test_what_fits_has_changed_since_one_looked(self, idea, mina):
        supported(idea, 2)
        made = pleaded(mina, ideas=[idea.pk])
        assert refusal(voiding.carry_out, voiding=made, by=mina, expected=1) == "changed"
        assert states(idea) == ["counted", "counted"]

    def test_it_is_carried_out_once(self, idea, mina):
        supported(idea)
        made = voided(mina, ideas=[idea.pk])
        assert refusal(voiding.carry_out, voiding=made, by=mina, expected=0) == "over"

    def test_nobody_judges_their_own_case(self, idea, mina, max_):
        give_support(idea=idea, member=mina)
        made = pleaded(mina, ideas=[idea.pk])
        assert refusal(voiding.carry_out, voiding=made, by=mina, expected=1) == "own_case"
        voiding.carry_out(voiding=made, by=max_, expected=1)
        assert refusal(voiding.undo, voiding=made, by=mina, why="Mine.") == "own_case"

    def test_nor_as_the_author(self, board, mina):
        mine = IdeaFactory(board=board, author=mina)
        supported(mine)
        made = pleaded(mina, ideas=[mine.pk])
        assert refusal(voiding.carry_out, voiding=made, by=mina, expected=1) == "own_case"

    def test_many_votes_are_told_in_parts(self, idea, mina, max_, monkeypatch):
        monkeypatch.setattr(voiding, "AT_ONCE", 2)
        supported(idea, 3)
        voided(mina, ideas=[idea.pk])
        assert [len(fact["votes"]) for fact in facts("voided")] == [2, 1]
        assert states(idea) == ["voided"] * 3


class TestConditions:
    @pytest.fixture
    def votes(self, idea, board, author):
        """A stranger's vote for Ada's idea last week, and one of a new account today for Tom's."""
        old = MemberFactory(date_joined=timezone.now() - timedelta(days=300))
        new = MemberFactory(date_joined=timezone.now() - timedelta(hours=1))
        other = IdeaFactory()
        give_support(idea=idea, member=old)
        Support.objects.update(created_at=timezone.now() - timedelta(days=7))
        give_support(idea=other, member=new)
        SignIn.objects.create(member=new, way="password", block="203.0.113.0/24")
        return {"old": Support.objects.get(member=old), "new": Support.objects.get(member=new)}

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("members", lambda vote: (vote.member_id,)),
            ("ideas", lambda vote: (vote.idea_id,)),
            ("authors", lambda vote: (vote.idea.author_id,)),
            ("boards", lambda vote: (vote.idea.board_id,)),
            ("block", lambda vote: "203.0.113.0/24"),
            ("given_from", lambda vote: timezone.now() - timedelta(days=1)),
            ("joined_from", lambda vote: timezone.now() - timedelta(days=1)),
        ],
    )
    def test_each_finds_the_new_vote_alone(self, votes, name, value):
        asked = Conditions(**{name: value(votes["new"])})
        assert list(Support.objects.voidable(asked)) == [votes["new"]]
        assert Conditions.of(asked.as_json()) == asked

    @pytest.mark.parametrize("name", ["given_until", "joined_until"])
    def test_until_ends_before_the_moment(self, votes, name):
        asked = Conditions(**{name: timezone.now() - timedelta(days=1)})
        assert list(Support.objects.voidable(asked)) == [votes["old"]]

    def test_all_must_hold(self, votes):
        asked = Conditions(
            members=(votes["new"].member_id,), ideas=(votes["old"].idea_id,), state="counted"
        )
        assert not Support.objects.voidable(asked).exists()

    def test_those_of_what_was_merged_into_an_idea(self, idea, board, team_member, supporter):
        twin = IdeaFactory(board=board)
        give_support(idea=twin, member=supporter)
        merging.merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
        found = Support.objects.voidable(Conditions(ideas=(idea.pk,)))
        assert [vote.idea_id for vote in found] == [twin.pk]

    def test_none_would_be_all(self, mina):
        empty = Plea(conditions=Conditions(state="counted"), summary="All.")
        assert refusal(voiding.draft, by=mina, plea=empty) == "no_conditions"
        with refused_by_database("no_voiding_without_conditions"), transaction.atomic():
            Voiding.objects.create(made_by=mina, conditions={"state": "counted"}, summary="All.")

    def test_the_public_hears_why(self, mina):
        silent = Plea(conditions=Conditions(members=(1,)), summary=" ")
        assert refusal(voiding.draft, by=mina, plea=silent) == "missing_summary"

    def test_unknown_ones_do_not_widen_the_query(self):
        with pytest.raises(BadConditions):
            Conditions.of({"planets": [1]})
        with pytest.raises(BadConditions):
            Conditions.of({"given_from": "soon"})


class TestSecondPerson:
    def test_twenty_are_for_one(self, idea, mina):
        supported(idea, 20)
        assert voided(mina, ideas=[idea.pk]).votes == 20

    def test_twenty_one_are_for_two(self, idea, mina, max_):
        supported(idea, 21)
        made = pleaded(mina, ideas=[idea.pk])
        about = {"voiding": made, "expected": 21}
        assert refusal(voiding.carry_out, by=mina, **about) == "second_person"
        # Not before it is settled what they are asked about.
        assert refusal(voiding.carry_out, by=max_, **about) == "second_person"
        voiding.ask_second(voiding=made, by=mina)
        assert refusal(voiding.carry_out, by=mina, **about) == "second_person"
        assert voiding.carry_out(by=max_, **about).votes == 21

    def test_nor_in_two_halves(self, idea, board, mina):
        other = IdeaFactory(board=board)
        supported(idea, 11)
        supported(other, 10)
        voided(mina, ideas=[idea.pk])
        made = pleaded(mina, ideas=[other.pk])
        assert refusal(voiding.carry_out, voiding=made, by=mina, expected=10) == "second_person"

    def test_the_database_wants_them_as_well(self, idea, mina):
        supported(idea, 21)
        made = pleaded(mina, ideas=[idea.pk])
        now = timezone.now()
        done = {"state": "done", "done_by": mina, "done_at": now}
        with refused_by_database("a_second_person_voids_many"), transaction.atomic():
            Voiding.objects.filter(pk=made.pk).update(**done, votes=21)
        # Nor can the number be made smaller than it is.
        Support.objects.update(state="voided", cause="voided", voided_by=made)
        Voiding.objects.filter(pk=made.pk).update(**done, votes=20)
        with refused_by_database("how many votes"):
            transaction.get_connection().check_constraints()
        transaction.set_rollback(True)

    def test_what_they_were_asked_stands(self, idea, mina):
        made = pleaded(mina, ideas=[idea.pk])
        voiding.ask_second(voiding=made, by=mina)
        plea = Plea(conditions=Conditions(members=(1,)), summary="Others.")
        assert refusal(voiding.redraft, voiding=made, by=mina, plea=plea) == "not_a_draft"
        with refused_by_database("stands"), transaction.atomic():
            Voiding.objects.filter(pk=made.pk).update(conditions={"members": [1]})


class TestUndoing:
    def test_each_vote_is_what_it_was(self, idea, mina, newcomer):
        fans = supported(idea, 2)
        give_support(idea=idea, member=newcomer)
        before = IdeaTally.objects.values("supports", "hot").get(pk=idea.pk)
        since = dict(Support.objects.values_list("pk", "counted_at"))
        done = voided(mina, ideas=[idea.pk])
        undone = voiding.undo(voiding=done, by=mina, why="They sit in one office.")
        assert (undone.state, undone.ended_by, undone.ended_why) == (
            "undone", mina, "They sit in one office.",
        )  # fmt: skip
        assert sorted(states(idea)) == ["counted", "counted", "pending"]
        assert dict(Support.objects.values_list("pk", "counted_at")) == since
        assert not Support.objects.filter(voided_by__isnull=False).exists()
        after = IdeaTally.objects.values("supports", "hot").get(pk=idea.pk)
        assert after == {"supports": 2, "hot": pytest.approx(before["hot"])}
        assert {vote[2] for vote in facts("reinstated")[0]["votes"]} == {fan.pk for fan in fans}
        assert tallies.drifts() == []

    def test_what_was_withdrawn_meanwhile_stays_so(self, idea, mina):
        goes, stays = supported(idea, 2)
        done = voided(mina, ideas=[idea.pk])
        withdraw_support(idea=idea, member=goes)
        voiding.undo(voiding=done, by=mina, why="A mistake.")
        assert Support.objects.get(member=goes).state == "withdrawn"
        assert Support.objects.get(member=stays).state == "counted"
        assert supporters_of(idea) == 1
        # Both are free again, so that a later vote of either counts in full.
        assert len(facts("reinstated")[0]["votes"]) == 2
        assert EventRecord.objects.filter(kind="ideas.support_withdrawn").count() == 1
        assert give_support(idea=idea, member=goes) == 2

    def test_who_left_meanwhile_does_not_come_back(self, idea, mina):
        (gone,) = supported(idea)
        done = voided(mina, ideas=[idea.pk])
        assert withdraw_supports(Leaving(member_id=gone.pk, email=gone.email, removes=False))
        voiding.undo(voiding=done, by=mina, why="A mistake.")
        assert states(idea) == ["withdrawn"]

    def test_an_address_confirmed_meanwhile_counts(self, idea, mina, newcomer):
        give_support(idea=idea, member=newcomer)
        done = voided(mina, ideas=[idea.pk])
        Member.objects.filter(pk=newcomer.pk).update(email_verified_at=timezone.now())
        count_pending(member=newcomer)
        assert states(idea) == ["voided"]
        voiding.undo(voiding=done, by=mina, why="A mistake.")
        assert (states(idea), supporters_of(idea)) == (["counted"], 1)
        assert EventRecord.objects.filter(kind="ideas.support_given").count() == 1

    def test_only_once_and_only_what_is_in_force(self, idea, mina):
        supported(idea)
        made = pleaded(mina, ideas=[idea.pk])
        assert refusal(voiding.undo, voiding=made, by=mina, why="No.") == "not_in_force"
        voiding.carry_out(voiding=made, by=mina, expected=1)
        assert refusal(voiding.undo, voiding=made, by=mina, why=" ") == "missing_reason"
        voiding.undo(voiding=made, by=mina, why="No.")
        assert refusal(voiding.undo, voiding=made, by=mina, why="No.") == "not_in_force"

    def test_cancelled_is_cancelled(self, idea, mina, max_):
        supported(idea)
        made = pleaded(mina, ideas=[idea.pk])
        voiding.cancel(voiding=made, by=max_, why="They are class-mates.")
        assert refusal(voiding.carry_out, voiding=made, by=mina, expected=1) == "over"
        assert states(idea) == ["counted"]


class TestVoter:
    def test_a_voided_vote_is_not_given_again(self, idea, mina):
        (fan,) = supported(idea)
        voided(mina, ideas=[idea.pk])
        assert refusal(give_support, idea=idea, member=fan) == "voided"
        withdraw_support(idea=idea, member=fan)
        assert refusal(give_support, idea=idea, member=fan) == "voided"
        assert (states(idea), supporters_of(idea)) == (["withdrawn"], 0)

    def test_nor_to_the_idea_it_was_merged_into(self, idea, board, team_member, mina):
        twin = IdeaFactory(board=board)
        (fan,) = supported(twin)
        voided(mina, members=[fan.pk])
        merging.merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
        assert refusal(give_support, idea=idea, member=fan) == "voided"

    def test_others_can_still_be_supported(self, idea, board, mina):
        (fan,) = supported(idea)
        voided(mina, ideas=[idea.pk])
        assert give_support(idea=IdeaFactory(board=board), member=fan) == 1

    def test_only_the_voter_sees_it(self, idea, mina, stranger):
        (fan,) = supported(idea)
        voided(mina, ideas=[idea.pk])
        seen = Idea.objects.with_viewer(fan).get(pk=idea.pk)
        assert seen.viewer_support == "voided"
        assert Idea.objects.with_viewer(stranger).get(pk=idea.pk).viewer_support == ""


class TestTable:
    def test_a_voided_vote_names_its_voiding(self, idea):
        supported(idea)
        with refused_by_database("voided_by_something"), transaction.atomic():
            Support.objects.update(state="voided", cause="voided")

    def test_what_counts_names_none(self, idea, mina):
        supported(idea)
        made = pleaded(mina, ideas=[idea.pk])
        with refused_by_database("voided_by_something"), transaction.atomic():
            Support.objects.update(voided_by=made)

    def test_nothing_is_added_to_what_was_done(self, idea, board, mina):
        supported(idea)
        done = voided(mina, ideas=[idea.pk])
        (fan,) = supported(IdeaFactory(board=board))
        with refused_by_database("is over"), transaction.atomic():
            Support.objects.filter(member=fan).update(state="voided", voided_by=done)

    @pytest.mark.parametrize("change", [{"votes": 2}, {"summary": "Else."}, {"state": "draft"}])
    def test_what_was_done_stands(self, idea, mina, change):
        supported(idea)
        done = voided(mina, ideas=[idea.pk])
        with pytest.raises(DatabaseError), transaction.atomic():
            Voiding.objects.filter(pk=done.pk).update(**change)

    def test_it_is_kept(self, mina):
        made = pleaded(mina, members=[mina.pk])
        with refused_by_database("Cannot delete"), transaction.atomic():
            made.delete()
