"""Many voters of one idea: an exact tally, one vote each, nobody waits for ever."""

from functools import partial
from itertools import pairwise

import pytest
from django.db import transaction

from activity.models import EventRecord
from community.errors import Refused
from community.models import Member
from community.wilson import lower_bound
from ideas.models import Comment, HelpfulMark, IdeaTally, Support, SupportChange, TallyDelta
from ideas.services import discussing, tallies
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.supporting import count_pending, give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]

THREADS = 64


@pytest.fixture
def voters(committed):
    """Half as many as threads: each sits before two browsers."""
    return MemberFactory.create_batch(THREADS // 2)


def click(deed, times):
    for step in range(times):
        deed(on=step % 2 == 1)


def supporters_of(idea):
    return IdeaTally.objects.get(pk=idea.pk).supports


def assert_exact(idea, members):
    """The tally, the votes, the trail and the log tell one story: these members support."""
    tallies.sweep()
    assert supporters_of(idea) == len(members)
    assert tallies.drifts() == []
    assert not TallyDelta.objects.exists()
    counted = Support.objects.filter(idea=idea).counted()
    assert set(counted.values_list("member_id", flat=True)) == {m.pk for m in members}
    for vote in Support.objects.filter(idea=idea):
        trail = list(vote.changes.order_by("id").values_list("before", "after"))
        assert trail[0][0] == ""
        assert trail[-1][1] == vote.state
        assert all(one[1] == other[0] for one, other in pairwise(trail))
    facts = EventRecord.objects.filter(payload__idea_id=idea.pk)
    given = facts.filter(kind="ideas.support_given").count()
    withdrawn = facts.filter(kind="ideas.support_withdrawn").count()
    assert given - withdrawn == len(members)


def by_service(idea, member, *, on):
    (give_support if on else withdraw_support)(idea=idea, member=member)


def test_64_threads_through_the_services(idea, voters):
    """Everybody clicks around in two tabs at once; half end by supporting, half by not."""
    fans = voters[::2]
    deeds = [
        partial(click, partial(by_service, idea, voter), 6 if voter in fans else 5)
        for voter in voters
        for _tab in range(2)
    ]
    assert len(deeds) == THREADS
    assert failures(at_once(*deeds)) == []
    assert Support.objects.filter(idea=idea).count() <= len(voters)
    assert_exact(idea, fans)


def by_page(client, idea, *, on):
    answer = client.post(f"/ideas/{idea.pk}/support/", {"on": str(on).lower()})
    assert answer.status_code == 302


def test_64_threads_through_the_page(idea, voters, signed_in):
    fans = voters[::2]
    tabs = [(voter, signed_in(voter)) for voter in voters for _tab in range(2)]
    deeds = [
        partial(click, partial(by_page, client, idea), 2 if voter in fans else 1)
        for voter, client in tabs
    ]
    assert failures(at_once(*deeds)) == []
    assert_exact(idea, fans)


def test_a_double_click_is_one_vote(idea, supporter):
    given = at_once(*[partial(give_support, idea=idea, member=supporter)] * 8)
    assert failures(given) == []
    assert Support.objects.get().member == supporter
    assert SupportChange.objects.count() == 1
    assert EventRecord.objects.filter(kind="ideas.support_given").count() == 1
    assert_exact(idea, [supporter])


def test_giving_against_withdrawing_ends_in_one_of_both(idea, supporter):
    give_support(idea=idea, member=supporter)
    deeds = [partial(by_service, idea, supporter, on=on) for on in (True, False) * 6]
    assert failures(at_once(*deeds)) == []
    stands = Support.objects.get().state == "counted"
    assert_exact(idea, [supporter] if stands else [])


def test_confirming_the_address_against_clicking(idea, newcomer):
    """The vote that waited begins to count once, whoever comes first."""
    give_support(idea=idea, member=newcomer)
    Member.objects.filter(pk=newcomer.pk).update(email_verified_at="2026-06-01T12:00Z")
    newcomer.refresh_from_db()
    deeds = [partial(count_pending, member=newcomer)] * 4
    deeds += [partial(give_support, idea=idea, member=newcomer)] * 4
    assert failures(at_once(*deeds)) == []
    assert_exact(idea, [newcomer])


def test_two_clicks_at_once_cannot_overspend_a_budget(board, supporter):
    board.uses_budget = True
    board.save()
    ideas = IdeaFactory.create_batch(8, board=board)
    budget = supporter.privileges.support_budget
    results = at_once(*[partial(give_support, idea=idea, member=supporter) for idea in ideas])
    refused = failures(results)
    assert {error.code for error in refused if isinstance(error, Refused)} == {"budget_spent"}
    assert len(refused) == len(ideas) - budget
    assert Support.objects.active().filter(member=supporter).count() == budget


def test_voters_while_the_sweep_folds(idea, voters):
    sweeps = [tallies.sweep] * 4
    deeds = [partial(give_support, idea=idea, member=voter) for voter in voters]
    assert failures(at_once(*deeds, *sweeps)) == []
    assert_exact(idea, voters)


def test_voters_while_the_idea_is_hidden_and_shown(idea, voters):
    hides = [partial(set_idea_hidden, idea=idea, hidden=hidden) for hidden in (True, False) * 4]
    deeds = [partial(give_support, idea=idea, member=voter) for voter in voters]
    assert failures(at_once(*deeds, *hides)) == []
    set_idea_hidden(idea=idea, hidden=False)
    assert_exact(idea, voters)
    assert IdeaTally.objects.get().listed


def test_a_fold_that_is_busy_is_left_to_whoever_is_at_it(idea, supporter, other):
    """A voter does not wait for the row that all voters share."""
    other.does(lambda: transaction.set_autocommit(False))
    other.does(lambda: IdeaTally.objects.select_for_update().get(pk=idea.pk))
    assert give_support(idea=idea, member=supporter) == 1
    assert supporters_of(idea) == 0
    other.does(transaction.rollback)
    other.does(lambda: transaction.set_autocommit(True))
    assert_exact(idea, [supporter])


def test_comments_are_counted_exactly(idea, voters):
    deeds = [partial(discussing.comment, idea=idea, by=v, body="Good.") for v in voters]
    said = at_once(*deeds)
    assert failures(said) == []
    hides = [partial(set_comment_hidden, comment=c, hidden=True) for c in said[:8] * 2]
    shows = [partial(set_comment_hidden, comment=c, hidden=False) for c in said[4:8]]
    assert failures(at_once(*hides, *shows)) == []
    assert IdeaTally.objects.get().comments == Comment.objects.shown().count()
    assert tallies.drifts() == []


def test_helpful_marks_are_counted_exactly(idea, voters):
    said = discussing.comment(idea=idea, by=voters[0], body="Use a timer.")
    deeds = [
        partial(discussing.mark_helpful, comment=said, by=voter, helpful=voter in voters[::2])
        for voter in voters[1:]
    ]
    assert failures(at_once(*deeds, *deeds[:8])) == []
    said.refresh_from_db()
    yes = HelpfulMark.objects.filter(helpful=True).count()
    no = HelpfulMark.objects.filter(helpful=False).count()
    assert (said.helpful, said.unhelpful) == (yes, no)
    assert yes + no == len(voters) - 1
    assert said.helpful_score == pytest.approx(lower_bound(yes, no))
