"""Merging is a link: nothing is copied, and undoing it restores exactly what was."""

import pytest
from django.utils import timezone

from activity.models import EventRecord
from community.errors import Refused
from ideas.models import Contribution, Idea, IdeaTally, Merge, Support, TeamDeed
from ideas.services import merging, tallies
from ideas.services.discussing import comment
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.supporting import count_pending, give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory, IdeaFactory, idea_in, said_on, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(board, stranger):
    """Tom has had the same idea."""
    return IdeaFactory(board=board, author=stranger, title="Load the car while asleep")


@pytest.fixture
def third(board):
    return IdeaFactory(board=board, title="Cheap power after midnight")


@pytest.fixture
def put(team_member):
    """`put(a, b)` merges a into b, as Anouk."""

    def under(duplicate, survivor):
        return merging.merge(
            duplicate=duplicate, survivor=survivor, by=team_member, note="The same."
        )

    return under


@pytest.fixture
def undo(team_member):
    def undone(merge):
        return merging.unmerge(merge=merge, by=team_member, note="They differ.")

    return undone


def tally(idea):
    return IdeaTally.objects.get(pk=idea.pk)


def stands_under(idea):
    return Idea.objects.get(pk=idea.pk).merged_into_id


def code_of(deed, **about):
    with pytest.raises(Refused) as refused:
        deed(**about)
    return refused.value.code


class TestTheUnion:
    def test_each_supporter_counts_once(self, idea, twin, put):
        both, *_others = supported(idea, 3)
        supported(twin, 2)
        give_support(idea=twin, member=both)
        put(twin, idea)
        assert tally(idea).supports == 5
        assert tally(twin).supports == 3
        assert tallies.drifts() == []

    def test_the_survivors_author_does_not_count(self, idea, twin, put, author, supporter):
        for member in (author, supporter):
            give_support(idea=twin, member=member)
        put(twin, idea)
        assert tally(idea).supports == 1

    def test_heat_is_of_the_first_vote_of_each(self, idea, twin, third, put):
        member, *_others = supported(idea, 2)
        give_support(idea=third, member=member)
        give_support(idea=twin, member=member)
        supported(twin)
        put(twin, idea)
        assert tallies.drifts() == []
        assert tally(idea).hot > tally(third).hot

    def test_votes_after_the_merge_count_at_once(self, idea, twin, put, supporter):
        put(twin, idea)
        twin.refresh_from_db()
        assert give_support(idea=twin, member=supporter) == 1
        assert Support.objects.get().idea == idea

    def test_a_vote_that_raced_the_merge_counts_through_the_merged_idea(
        self, idea, twin, put, supporter
    ):
        stale = Idea.objects.get(pk=twin.pk)
        put(twin, idea)
        assert give_support(idea=stale, member=supporter) == 1
        assert Support.objects.get().idea == twin
        assert tally(idea).supports == 1
        assert tallies.drifts() == []

    def test_giving_where_one_counts_already_is_harmless(self, idea, twin, put, supporter):
        give_support(idea=twin, member=supporter)
        put(twin, idea)
        assert give_support(idea=idea, member=supporter) == 1

    def test_withdrawing_withdraws_from_all_of_them(self, idea, twin, put, supporter):
        give_support(idea=twin, member=supporter)
        give_support(idea=idea, member=supporter)
        put(twin, idea)
        assert withdraw_support(idea=idea, member=supporter) == 0
        assert not Support.objects.active().exists()
        assert (tally(idea).supports, tally(twin).supports) == (0, 0)
        assert EventRecord.objects.filter(kind="ideas.support_withdrawn").count() == 2

    def test_a_member_sees_the_support_that_counts_through_a_twin(
        self, idea, twin, put, supporter, stranger
    ):
        give_support(idea=twin, member=supporter)
        put(twin, idea)
        seen = Idea.objects.for_cards(supporter).get(pk=idea.pk)
        assert (seen.viewer_support, seen.is_followed) == ("counted", False)
        assert Idea.objects.for_cards(stranger).get(pk=idea.pk).viewer_support == ""

    def test_a_group_costs_a_budget_once(self, board, idea, twin, put, supporter):
        board.uses_budget = True
        board.save()
        for one in (idea, twin):
            give_support(idea=one, member=supporter)
        put(twin, idea)
        spent = Support.objects.on_budget(member_id=supporter.pk, board_id=board.pk)
        assert (spent.count(), spent.groups(), spent.besides(idea.pk).groups()) == (2, 1, 0)

    def test_comments_of_merged_ideas_are_counted_too(self, idea, twin, put, undo):
        hidden = said_on(twin)
        merge = put(twin, idea)
        said_on(twin, parent=hidden)
        set_comment_hidden(comment=hidden, hidden=True)
        assert (tally(idea).comments, tally(twin).comments) == (1, 1)
        undo(merge)
        assert (tally(idea).comments, tally(twin).comments) == (0, 1)


class TestChains:
    def test_what_stood_under_a_merged_idea_goes_along(self, idea, twin, third, put):
        put(third, twin)
        put(twin, idea)
        assert stands_under(third) == stands_under(twin) == idea.pk
        assert Merge.objects.get(duplicate=third).survivor == twin
        assert (tally(idea).gathers, tally(twin).gathers) == (2, 0)

    def test_undoing_brings_it_back_with_all_below_it(self, idea, twin, third, put, undo):
        supported(third, 2)
        put(third, twin)
        merge = put(twin, idea)
        undo(merge)
        assert (stands_under(twin), stands_under(third)) == (None, twin.pk)
        assert (tally(idea).supports, tally(twin).supports) == (0, 2)
        assert tallies.drifts() == []

    def test_what_was_undone_below_comes_loose_from_the_top(self, idea, twin, third, put, undo):
        low = put(third, twin)
        put(twin, idea)
        undo(low)
        assert (stands_under(twin), stands_under(third)) == (idea.pk, None)

    def test_into_an_idea_that_is_merged_goes_to_the_one_that_stands(self, idea, twin, third, put):
        put(twin, idea)
        assert put(third, twin).survivor == idea

    def test_into_an_idea_below_oneself_is_refused(self, idea, twin, put, team_member):
        put(twin, idea)
        about = {"by": team_member, "note": "The same."}
        assert code_of(merging.merge, duplicate=idea, survivor=twin, **about) == "own_chain"
        assert code_of(merging.merge, duplicate=idea, survivor=idea, **about) == "own_chain"

    def test_again_after_it_was_undone(self, idea, twin, put, undo):
        undo(put(twin, idea))
        put(twin, idea)
        assert Merge.objects.live().count() == 1


class TestWhoMay:
    def test_only_who_answers_for_both_boards(self, idea, twin, author, team_member):
        elsewhere = IdeaFactory()
        for by, into in [(author, idea), (team_member, elsewhere)]:
            about = {"duplicate": twin, "survivor": into, "by": by, "note": "The same."}
            assert code_of(merging.merge, **about) == "not_your_merge"

    def test_not_everything_can_be_merged(self, board, idea, team_member):
        hidden = IdeaFactory(board=board)
        set_idea_hidden(idea=hidden, hidden=True)
        cases = {
            "draft": DraftFactory(board=board),
            "hidden": hidden,
            "shipped": idea_in("shipped", board=board),
        }
        for code, other in cases.items():
            about = {"by": team_member, "note": "The same."}
            assert code_of(merging.merge, duplicate=other, survivor=idea, **about) == code
            assert code_of(merging.merge, duplicate=idea, survivor=other, **about) == code

    def test_what_is_merged_cannot_be_merged_again(self, idea, twin, third, put, team_member):
        put(twin, idea)
        about = {"duplicate": twin, "survivor": third, "by": team_member, "note": "The same."}
        assert code_of(merging.merge, **about) == "merged"

    def test_it_needs_a_reason(self, idea, twin, put, team_member):
        about = {"duplicate": twin, "survivor": idea, "by": team_member, "note": " "}
        assert code_of(merging.merge, **about) == "missing_note"
        merge = put(twin, idea)
        assert code_of(merging.unmerge, merge=merge, by=team_member, note="") == "missing_note"

    def test_undoing_is_for_either_team_and_once(self, idea, twin, put, undo, stranger, colleague):
        merge = put(twin, idea)
        assert code_of(merging.unmerge, merge=merge, by=stranger, note="No.") == "not_your_merge"
        merging.unmerge(merge=merge, by=colleague, note="They differ.")
        assert code_of(merging.unmerge, merge=merge, by=colleague, note="No.") == "undone"

    def test_teams_keep_who_did_it(self, idea, twin, put, undo, team_member):
        undo(put(twin, idea))
        kinds = list(TeamDeed.objects.order_by("id").values_list("kind", "member_id"))
        assert kinds == [("merged", team_member.pk), ("unmerged", team_member.pk)]


class TestConsent:
    def test_the_author_agrees(self, idea, twin, put, stranger):
        merge = merging.agree(merge=put(twin, idea), by=stranger)
        assert (merge.consent, merge.objection) == ("agreed", "")

    def test_the_author_objects_with_words(self, idea, twin, put, stranger):
        merge = put(twin, idea)
        assert (
            code_of(merging.object_to, merge=merge, by=stranger, objection="  ")
            == "missing_objection"
        )
        merging.object_to(merge=merge, by=stranger, objection="Mine is about the sleeping driver.")
        merge.refresh_from_db()
        assert merge.objection == "Mine is about the sleeping driver."
        assert stands_under(twin) == idea.pk

    def test_nobody_else_answers_for_the_author(self, idea, twin, put, author):
        merge = put(twin, idea)
        assert code_of(merging.agree, merge=merge, by=author) == "not_yours"
        assert code_of(merging.object_to, merge=merge, by=author, objection="No.") == "not_yours"

    def test_the_team_replies_once_with_words(self, idea, twin, put, stranger, team_member):
        merge = put(twin, idea)
        about = {"merge": merge, "by": team_member}
        assert code_of(merging.reply_to_objection, reply="But.", **about) == "no_objection"
        merging.object_to(merge=merge, by=stranger, objection="Mine is another one.")
        assert code_of(merging.reply_to_objection, reply=" ", **about) == "missing_reply"
        merging.reply_to_objection(reply="Both ask for the same tariff.", **about)
        assert code_of(merging.reply_to_objection, reply="Again.", **about) == "no_objection"
        assert code_of(merging.agree, merge=merge, by=stranger) == "replied"

    def test_replying_is_for_the_team(self, idea, twin, put, stranger, supporter):
        merge = put(twin, idea)
        merging.object_to(merge=merge, by=stranger, objection="Mine is another one.")
        about = {"merge": merge, "by": supporter, "reply": "Hm."}
        assert code_of(merging.reply_to_objection, **about) == "not_your_step"


class TestWhatGoesOn:
    def test_first_comments_go_to_the_survivor_and_replies_go_on(self, idea, twin, put, supporter):
        old = said_on(twin)
        put(twin, idea)
        twin.refresh_from_db()
        assert code_of(comment, idea=twin, by=supporter, body="Yes.") == "merged"
        assert comment(idea=twin, by=supporter, body="Yes.", parent=old).idea == twin

    def test_the_author_keeps_the_credit(self, idea, twin, put, undo, stranger):
        merge = put(twin, idea)
        (credit,) = Contribution.objects.standing().filter(part="merged_author")
        assert (credit.member, credit.idea, credit.merge) == (stranger, twin, merge)
        undo(merge)
        assert not Contribution.objects.standing().filter(part="merged_author").exists()

    def test_one_author_of_both(self, board, author, idea, put):
        own = [IdeaFactory(board=board, author=author) for _ in range(2)]
        for twin in own:
            put(twin, idea)
        assert Contribution.objects.filter(member=author, part="merged_author").count() == 2


def test_support_may_suffice_by_a_merge(board, idea, twin, put, deliver):
    board.answer_threshold = 3
    board.save()
    supported(idea, 2)
    supported(twin, 2)
    deliver()
    merge = put(twin, idea)
    deliver()
    idea.refresh_from_db()
    assert idea.threshold_reached_at == merge.merged_at


def test_a_vote_that_waited_on_a_merged_idea_may_earn_the_survivor_its_answer(
    board, idea, twin, put, deliver
):
    board.answer_threshold = 1
    board.save()
    waiting = MemberFactory(email_verified_at=None)
    give_support(idea=twin, member=waiting)
    put(twin, idea)
    waiting.email_verified_at = timezone.now()
    waiting.save()
    count_pending(member=waiting)
    deliver()
    idea.refresh_from_db()
    assert tally(idea).supports == 1
    assert idea.answer_due_at
