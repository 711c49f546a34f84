"""Merges against votes, comments, decisions and other merges: exact, and nobody waits for ever."""

from functools import partial

import pytest

from community.errors import Refused
from ideas.models import Decision, Idea, IdeaTally, Merge, Support, TallyDelta
from ideas.services import merging, tallies
from ideas.services.discussing import comment
from ideas.services.steps import decide
from ideas.services.supporting import count_pending, give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, IdeaFactory, said_on
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]

ROUNDS = 6


@pytest.fixture
def ideas(board):
    return IdeaFactory.create_batch(4, board=board)


@pytest.fixture
def voters(committed):
    return MemberFactory.create_batch(8)


@pytest.fixture
def put(team_member):
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


def unforeseen(results):
    """Whatever is no refusal: a deadlock, a broken constraint, a bug."""
    return [error for error in failures(results) if not isinstance(error, Refused)]


def group_of(idea):
    return Idea.objects.in_group(idea.pk)


def assert_exact(*ideas):
    """Every tally is a recount, and each idea counts the members behind it and its twins."""
    tallies.sweep()
    assert not TallyDelta.objects.exists()
    assert tallies.drifts() == []
    for idea in ideas:
        votes = Support.objects.counted().filter(idea__in=group_of(idea))
        members = set(votes.values_list("member_id", flat=True)) - {idea.author_id}
        assert IdeaTally.objects.get(pk=idea.pk).supports == len(members)


def test_votes_and_comments_while_an_idea_is_merged(ideas, voters, put):
    twin, idea, *_rest = ideas
    old = said_on(twin)
    deeds = [partial(give_support, idea=one, member=v) for one in (twin, idea) for v in voters]
    deeds += [partial(comment, idea=one, by=v, body="Hm.") for one in (twin, idea) for v in voters]
    deeds += [partial(comment, idea=twin, by=v, body="Yes.", parent=old) for v in voters]
    results = at_once(partial(put, twin, idea), *deeds)
    assert unforeseen(results) == []
    assert_exact(*ideas)
    assert IdeaTally.objects.get(pk=idea.pk).supports == len(voters)


@pytest.mark.parametrize("turn", range(3))
def test_votes_while_a_merge_is_undone(ideas, voters, put, undo, turn):
    """Votes given, withdrawn and given anew on either idea, and on one that stands below."""
    low, twin, idea, _rest = ideas if turn % 2 else ideas[::-1]
    for number, voter in enumerate(voters):
        give_support(idea=(low, twin, idea)[number % 3], member=voter)
    put(low, twin)
    merge = put(twin, idea)
    deeds = [partial(withdraw_support, idea=idea, member=voter) for voter in voters[::2]]
    deeds += [partial(give_support, idea=one, member=v) for one in (low, idea) for v in voters]
    deeds += [partial(comment, idea=one, by=v, body="Hm.") for one in (low, idea) for v in voters]
    results = at_once(partial(undo, merge), *deeds)
    assert unforeseen(results) == []
    assert_exact(low, twin, idea)
    assert list(group_of(twin).order_by("pk")) == sorted([low, twin], key=lambda one: one.pk)


def test_addresses_confirmed_while_ideas_are_merged(ideas, put):
    twin, idea, *_rest = ideas
    waiting = MemberFactory.create_batch(6, email_verified_at=None)
    for member in waiting:
        give_support(idea=twin, member=member)
    results = at_once(
        partial(put, twin, idea), *[partial(count_pending, member=m) for m in waiting]
    )
    assert failures(results) == []
    assert_exact(idea, twin)
    assert IdeaTally.objects.get(pk=idea.pk).supports == len(waiting)


def test_merges_in_opposite_directions(ideas, put):
    one, other, *_rest = ideas
    for _round in range(ROUNDS):
        results = at_once(partial(put, one, other), partial(put, other, one))
        assert unforeseen(results) == []
        assert [refused.code for refused in failures(results)] == ["own_chain"]
        (merge,) = Merge.objects.live()
        assert {merge.duplicate_id, merge.survivor_id} == {one.pk, other.pk}
        merging.unmerge(merge=merge, by=merge.merged_by, note="They differ.")
    assert_exact(one, other)


def test_everything_into_each_other_at_once(ideas, voters, put):
    """However they come to stand, each stands under one that stands for itself."""
    for number, voter in enumerate(voters):
        give_support(idea=ideas[number % 4], member=voter)
    pairs = [(one, other) for one in ideas for other in ideas if one != other]
    results = at_once(*[partial(put, *pair) for pair in pairs])
    assert unforeseen(results) == []
    assert Idea.objects.filter(merged_into=None).count() == 1
    assert Merge.objects.live().count() == 3
    (root,) = Idea.objects.filter(merged_into=None)
    assert_exact(root)
    assert IdeaTally.objects.get(pk=root.pk).supports == len(voters)


def test_merge_against_undo(ideas, put, undo):
    """While a chain is taken apart, it is prolonged."""
    low, twin, idea, top = ideas
    for _round in range(ROUNDS):
        put(low, twin)
        merge = put(twin, idea)
        results = at_once(partial(undo, merge), partial(put, idea, top), partial(put, top, low))
        assert unforeseen(results) == []
        assert_exact(*Idea.objects.filter(merged_into=None))
        for left in Merge.objects.live().order_by("-id"):
            undo(left)
        assert not Idea.objects.exclude(merged_into=None).exists()


def test_merge_against_decide(ideas, voters, put, colleague):
    """Whoever comes first: a decision on what has been merged is refused."""
    for twin, idea in (ideas[:2], ideas[:1:-1]):
        votes = [partial(give_support, idea=one, member=v) for one in (twin, idea) for v in voters]
        steps = [
            partial(decide, idea=one, to="under_review", by=colleague, grounds=GROUNDS)
            for one in (twin, idea)
        ]
        results = at_once(partial(put, twin, idea), *steps, *votes)
        assert unforeseen(results) == []
        assert {refused.code for refused in failures(results)} <= {"merged"}
        assert Decision.objects.filter(idea=idea).count() == 1
        assert_exact(idea)


def test_merge_against_vote_through_the_pages(ideas, voters, team_member, signed_in):
    """Nobody sees an error page."""
    twin, idea, *_rest = ideas

    def click(client, one):
        return client.post(f"/ideas/{one.pk}/support/", {"on": "true"})

    browser = signed_in(team_member)
    said = {"into": str(idea.pk), "note": "The same.", "sure": "yes"}
    deeds = [partial(click, signed_in(v), one) for v in voters for one in (twin, idea)]
    answers = at_once(partial(browser.post, f"/ideas/{twin.pk}/merge/", said), *deeds)
    assert [answer.status_code for answer in answers] == [302] * len(answers)
    assert_exact(idea)
    assert IdeaTally.objects.get(pk=idea.pk).supports == len(voters)
