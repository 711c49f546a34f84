"""What gives points and takes them back, rule by rule, through the services that do it."""

import pytest
from django.db import transaction

from activity.services import record
from community.services.answers import accept, unaccept
from community.services.replies import mark_helpful as mark_reply
from ideas.events import SupportsReinstated, SupportsVoided
from ideas.services.crediting import credit_comment, take_back
from ideas.services.discussing import mark_helpful
from ideas.services.steps import decide
from ideas.services.supporting import give_support, withdraw_support
from moderation.services import lift, restrict
from reputation.events import PointsRestored, PointsReversed
from tests.factories.community import MemberFactory
from tests.factories.forum import opened, replied
from tests.factories.ideas import GROUNDS, said_on, supported
from tests.reputation.conftest import lines

pytestmark = pytest.mark.django_db


def tell(fact):
    with transaction.atomic():
        record(fact, actor=None)


def test_a_support_is_worth_ten(idea, author, supporter, standing):
    give_support(idea=idea, member=supporter)
    assert standing(author) == 10
    withdraw_support(idea=idea, member=supporter)
    assert standing(author) == 0
    assert lines(author) == [("supported", "earned", 10), ("supported", "taken_back", -10)]


def test_casting_a_vote_is_worth_nothing(idea, supporter, standing):
    give_support(idea=idea, member=supporter)
    assert standing(supporter) == 0


def test_what_was_given_and_withdrawn_before_anybody_looked_is_written_all_the_same(
    idea, author, supporter, standing
):
    give_support(idea=idea, member=supporter)
    withdraw_support(idea=idea, member=supporter)
    give_support(idea=idea, member=supporter)
    assert standing(author) == 10
    assert [points for _, _, points in lines(author)] == [10, -10, 10]


def test_a_helpful_comment(idea, supporter, stranger, standing):
    said = said_on(idea, by=supporter)
    mark_helpful(comment=said, by=stranger, helpful=True)
    assert standing(supporter) == 2
    mark_helpful(comment=said, by=stranger, helpful=False)
    assert standing(supporter) == 0


def test_a_helpful_reply(answer, supporter, stranger, standing):
    mark_reply(reply=answer, by=stranger, helpful=True)
    assert standing(supporter) == 2
    mark_reply(reply=answer, by=stranger, helpful=None)
    assert standing(supporter) == 0


def test_an_accepted_answer_thanks_both(question, answer, author, supporter, standing):
    accept(reply=answer, by=author)
    assert (standing(supporter), standing(author)) == (15, 2)
    unaccept(topic=question, by=author)
    assert (standing(supporter), standing(author)) == (0, 0)


def test_the_asker_is_not_thanked_for_what_the_team_accepted(
    answer, author, supporter, team_member, standing
):
    accept(reply=answer, by=team_member)
    assert (standing(supporter), standing(author)) == (15, 0)


def test_answering_oneself_is_worth_nothing(space, author, standing):
    question = opened(space, by=author)
    accept(reply=replied(question, by=author), by=author)
    assert standing(author) == 0
    assert lines(author) == []


def test_what_is_built_on_an_idea(idea, author, supporter, standing):
    said = said_on(idea, by=supporter, kind="builds_on")
    credit_comment(comment=said, by=author)
    assert standing(supporter) == 10
    take_back(comment=said, by=author)
    assert standing(supporter) == 0


def test_planned_and_shipped_and_taken_back(idea, author, team_member, standing):
    def goes(to):
        decide(idea=idea, to=to, by=team_member, grounds=GROUNDS)
        return standing(author)

    assert goes("planned") == 15
    assert goes("in_progress") == 15
    assert goes("shipped") == 65
    assert goes("in_progress") == 15
    assert goes("declined") == 0
    assert lines(author)[2:] == [("shipped", "unshipped", -50), ("planned", "taken_back", -15)]


def test_what_was_earned_by_a_hidden_idea_is_suspended(
    idea, author, supporter, moderator, standing
):
    give_support(idea=idea, member=supporter)
    hidden = restrict(thing=idea, by=moderator, reason="x")
    assert standing(author) == 0
    lift(restriction=hidden, by=moderator, reason="y")
    assert standing(author) == 10
    assert [cause for _, cause, _ in lines(author)] == ["earned", "hidden", "shown"]


def test_a_vote_withdrawn_meanwhile_does_not_come_back(
    idea, author, supporter, moderator, standing
):
    give_support(idea=idea, member=supporter)
    hidden = restrict(thing=idea, by=moderator, reason="x")
    withdraw_support(idea=idea, member=supporter)
    lift(restriction=hidden, by=moderator, reason="y")
    assert standing(author) == 0


def test_spam_costs_as_long_as_it_stands(idea, author, supporter, moderator, standing):
    give_support(idea=idea, member=supporter)
    hidden = restrict(thing=idea, by=moderator, reason="x", spam=True)
    assert standing(author) == -100
    lift(restriction=hidden, by=moderator, reason="y")
    assert standing(author) == 10


def test_voided_votes(idea, author, standing):
    ring = supported(idea, 3)
    votes = [[idea.pk, author.pk, member.pk] for member in ring[:2]]
    tell(SupportsVoided(batch_id=7, votes=votes))
    assert standing(author) == 10
    assert author.entries.filter(batch=7).count() == 2
    tell(SupportsReinstated(batch_id=7, votes=votes))
    assert standing(author) == 30


def test_what_is_reversed_by_hand(idea, author, supporter, standing):
    give_support(idea=idea, member=supporter)
    deed = ["supported", "idea", idea.pk, supporter.pk, author.pk]
    tell(PointsReversed(batch_id=1, grounds=[deed]))
    assert standing(author) == 0
    tell(PointsRestored(batch_id=1, grounds=[deed]))
    assert standing(author) == 10


def test_a_day_brings_a_hundred_at_most_and_what_was_shipped_beside_it(
    idea, author, team_member, standing
):
    fans = supported(idea, 12)
    assert standing(author) == 100
    withdraw_support(idea=idea, member=fans[0])
    assert standing(author) == 100
    decide(idea=idea, to="planned", by=team_member, grounds=GROUNDS)
    assert standing(author) == 115
    for fan in fans[1:3]:
        withdraw_support(idea=idea, member=fan)
    assert standing(author) == 105


def test_who_is_not_there_gets_nothing_and_stops_nobody(idea, author, supporter, deliver):
    give_support(idea=idea, member=supporter)
    nobody = MemberFactory.build(pk=10**9)
    tell(SupportsVoided(batch_id=1, votes=[[idea.pk, nobody.pk, 5]]))
    deliver(parks=1)
    author.refresh_from_db()
    assert author.standing == 10
