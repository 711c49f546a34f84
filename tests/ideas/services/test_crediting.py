"""Credit is recorded where it happens, shown where it counts, and thanked for when it ships."""

import pytest

from activity.models import EventRecord
from community.errors import Refused
from community.models import Notification
from ideas.credits import credits_of_idea, credits_of_ideas, credits_of_member
from ideas.models import Contribution, Decision
from ideas.services import crediting, merging
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.steps import decide
from ideas.services.writing import post
from ideas.status import Status
from tests.factories.community import MemberFactory
from tests.factories.ideas import (
    GROUNDS,
    DraftFactory,
    IdeaFactory,
    idea_in,
    said_on,
    supported,
    way_to,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(board, author):
    """By the service, which records who had the idea."""
    return post(draft=DraftFactory(board=board, author=author, title="Charge at night"), by=author)


def parts_of(idea):
    return [
        (credit.member.handle, [part.part for part in credit.parts])
        for credit in credits_of_idea(idea.pk)
    ]


def refusal(deed, **about):
    with pytest.raises(Refused) as refused:
        deed(**about)
    return refused.value.code


def test_the_author_has_the_idea_from_the_moment_it_is_posted(posted, author):
    (credit,) = Contribution.objects.all()
    assert (credit.member, credit.part, credit.recorded_at) == (author, "author", posted.opened_at)


def test_the_kind_of_a_comment_says_what_it_gave(idea, team_member):
    for kind, part in {"builds_on": "builds_on", "concern": "concern", "comment": "answer"}.items():
        said = said_on(idea, kind=kind)
        assert crediting.credit_comment(comment=said, by=team_member).part == part


def test_an_author_adopts_what_builds_on_the_idea_and_nothing_else(idea, author):
    adopted = said_on(idea, kind="builds_on")
    assert crediting.credit_comment(comment=adopted, by=author).recorded_by == author
    answer = said_on(idea)
    assert refusal(crediting.credit_comment, comment=answer, by=author) == "not_your_credit"


def test_what_earns_no_credit(idea, author, team_member, stranger):
    hidden = said_on(idea)
    set_comment_hidden(comment=hidden, hidden=True)
    cases = [
        (said_on(idea, by=author), team_member, "own_idea"),
        (said_on(idea, kind="question"), team_member, "nothing_to_credit"),
        (said_on(idea, by=team_member), team_member, "nothing_to_credit"),
        (hidden, team_member, "nothing_to_credit"),
        (said_on(idea, by=stranger), stranger, "own_comment"),
        (said_on(idea, kind="concern"), stranger, "not_your_credit"),
    ]
    for comment, by, code in cases:
        assert refusal(crediting.credit_comment, comment=comment, by=by) == code
    assert not Contribution.objects.filter(comment__isnull=False).exists()


def test_saying_it_twice_is_saying_it_once(idea, team_member):
    said = said_on(idea)
    first = crediting.credit_comment(comment=said, by=team_member)
    assert crediting.credit_comment(comment=said, by=team_member) == first
    assert EventRecord.objects.filter(kind="ideas.contribution_credited").count() == 1


def test_taking_it_back_ends_the_row_and_it_can_be_given_again(idea, team_member):
    said = said_on(idea)
    first = crediting.credit_comment(comment=said, by=team_member)
    crediting.take_back(comment=said, by=team_member)
    crediting.take_back(comment=said, by=team_member)
    first.refresh_from_db()
    assert first.ended_at
    assert EventRecord.objects.filter(kind="ideas.contribution_taken_back").count() == 1
    assert crediting.credit_comment(comment=said, by=team_member) != first


def test_a_decision_credits_what_it_used_and_leaves_out_the_rest(
    idea, author, team_member, board, stranger
):
    twin = IdeaFactory(board=board, author=stranger)
    used = [said_on(idea, kind="concern"), said_on(twin)]
    others = [said_on(idea, by=author), said_on(IdeaFactory(board=board))]
    merging.merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
    decision = decide(idea=idea, to="planned", by=team_member, grounds=GROUNDS)
    made = crediting.credit_from_decision(
        decision=decision, comment_ids=[said.pk for said in used + others], by=team_member
    )
    assert [credit.comment for credit in made] == used
    assert {credit.decision for credit in made} == {decision}


class TestReading:
    def test_the_author_first_then_merged_authors_then_the_others(
        self, posted, board, stranger, team_member
    ):
        said = said_on(posted, kind="builds_on", by=MemberFactory(handle="bea"))
        crediting.credit_comment(comment=said, by=team_member)
        twin = IdeaFactory(board=board, author=stranger)
        crediting.credit_authors(ideas=[twin])
        merge = merging.merge(duplicate=twin, survivor=posted, by=team_member, note="The same.")
        expected = [("ada", ["author"]), ("tom", ["merged_author"]), ("bea", ["builds_on"])]
        assert parts_of(posted) == expected
        merging.unmerge(merge=merge, by=team_member, note="They differ.")
        assert parts_of(posted) == [expected[0], expected[2]]
        assert parts_of(twin) == [("tom", ["author"])]

    def test_an_author_of_both_is_credited_once(self, posted, board, author, team_member):
        twin = IdeaFactory(board=board, author=author)
        merging.merge(duplicate=twin, survivor=posted, by=team_member, note="The same.")
        assert parts_of(posted) == [("ada", ["author"])]

    def test_hidden_comments_and_ideas_credit_nobody(self, posted, team_member, author):
        said = said_on(posted)
        crediting.credit_comment(comment=said, by=team_member)
        set_comment_hidden(comment=said, hidden=True)
        assert parts_of(posted) == [("ada", ["author"])]
        set_idea_hidden(idea=posted, hidden=True)
        assert parts_of(posted) == []
        assert credits_of_member(author.pk).items == []

    @pytest.mark.parametrize("rows", [1, 3])
    def test_many_ideas_cost_one_query(self, rows, django_assert_num_queries):
        ideas = IdeaFactory.create_batch(rows)
        crediting.credit_authors(ideas=ideas)
        with django_assert_num_queries(1):
            found = credits_of_ideas([idea.pk for idea in ideas])
            assert all(credit.member.handle for made in found.values() for credit in made)
        assert set(found) == {idea.pk for idea in ideas}

    def test_a_members_parts_newest_first_by_key(self, author):
        ideas = IdeaFactory.create_batch(5, author=author)
        crediting.credit_authors(ideas=ideas)
        first = credits_of_member(author.pk, size=3)
        second = credits_of_member(author.pk, first.next, size=3)
        assert [part.idea for part in [*first.items, *second.items]] == ideas[::-1]
        assert second.next == ""


class TestThanks:
    def ship(self, idea, by):
        for target in way_to(Status.SHIPPED):
            decide(idea=idea, to=target, by=by, grounds=GROUNDS)
        return Decision.objects.latest("id")

    def test_each_contributor_is_thanked_for_the_part_they_played(
        self, posted, author, team_member, deliver
    ):
        bea = MemberFactory(handle="bea", display_name="Bea Kurz", language="de")
        crediting.credit_comment(comment=said_on(posted, kind="concern", by=bea), by=team_member)
        self.ship(posted, team_member)
        deliver()
        thanks = Notification.objects.filter(kind="ideas.thanked")
        assert set(thanks.values_list("member__handle", flat=True)) == {"ada", "bea"}
        (ada,) = thanks.filter(member=author)
        assert ada.excerpt.startswith("Thank you, Ada Brandt. You had the idea. We looked into it.")
        assert thanks.get(member=bea).excerpt.startswith("Danke, Bea Kurz.")

    def test_they_are_not_told_of_the_decision_as_well(self, posted, team_member, deliver):
        (fan,) = supported(posted)
        shipped = self.ship(posted, team_member)
        deliver()
        event = EventRecord.objects.get(payload__decision_id=shipped.pk)
        told = dict(Notification.objects.filter(event_id=event.pk).values_list("member_id", "kind"))
        assert told == {posted.author_id: "ideas.thanked", fan.pk: "ideas.decided"}


def test_older_steps_thank_nobody(deliver):
    idea_in("planned")
    deliver()
    assert not Notification.objects.filter(kind="ideas.thanked").exists()
