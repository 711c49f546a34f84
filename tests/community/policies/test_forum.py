"""Who may do what in the forum: one table, asked of the cast."""

import pytest

from community.models import Reply, Topic
from community.policies import forum as policies
from community.services import answers, hiding, topics
from tests.factories.community import MemberFactory
from tests.factories.forum import SpaceFactory, opened

pytestmark = pytest.mark.django_db

CAST = ["author", "supporter", "stranger", "newcomer", "team_member", "other_team_member"]


@pytest.fixture
def cast(request):
    return {name: request.getfixturevalue(name) for name in CAST}


def codes(cast, ask):
    return {name: ask(member).code for name, member in cast.items()}


def everybody(code="", **others):
    return dict.fromkeys(CAST, code) | others


NOT_CONFIRMED = {"newcomer": "address_unconfirmed"}


def test_opening(cast, space):
    def ask(kind):
        return codes(cast, lambda member: policies.can_open(member, space, kind))

    assert ask("question") == everybody(**NOT_CONFIRMED)
    assert ask("discussion") == everybody(**NOT_CONFIRMED)
    assert ask("announcement") == everybody("not_the_team", team_member="")


def test_opening_where_the_team_opens(cast, team):
    space = SpaceFactory(team=team, opened_by="team")
    said = codes(cast, lambda member: policies.can_open(member, space))
    assert said == everybody("team_opens_here", team_member="")


def test_replying(cast, question, team_member):
    def ask():
        topic = Topic.objects.select_related("space").get(pk=question.pk)
        return codes(cast, lambda member: policies.can_reply(member, topic))

    assert ask() == everybody(**NOT_CONFIRMED)
    topics.set_closed(topic=question, by=team_member, closed=True)
    assert ask() == everybody("topic_closed")
    hiding.set_topic_hidden(topic=question, hidden=True)
    assert ask() == everybody("hidden")


def test_changing_and_closing(cast, question):
    def ask(policy):
        topic = Topic.objects.select_related("space").get(pk=question.pk)
        return codes(cast, lambda member: policy(member, topic))

    assert ask(policies.can_edit_topic) == everybody("not_yours", author="")
    assert ask(policies.can_close) == everybody("not_the_team", team_member="")
    hiding.set_topic_hidden(topic=question, hidden=True)
    assert ask(policies.can_edit_topic) == everybody("not_yours", author="hidden")
    assert ask(policies.can_close) == everybody("not_the_team", team_member="hidden")


def test_choosing_the_answer(cast, question, answer):
    def ask():
        reply = Reply.objects.select_related("topic__space").get(pk=answer.pk)
        return codes(cast, lambda member: policies.can_accept(member, reply))

    assert ask() == everybody("not_yours", author="", team_member="")
    hiding.set_reply_hidden(reply=answer, hidden=True)
    assert ask() == everybody("hidden")
    hiding.set_reply_hidden(reply=answer, hidden=False)
    hiding.set_topic_hidden(topic=question, hidden=True)
    assert ask() == everybody("hidden")


def test_a_discussion_has_no_answer(cast, space, author):
    topic = opened(space, "discussion", by=author)
    said = codes(cast, lambda member: policies.can_choose_answer(member, topic))
    assert said == everybody("no_question")


def test_changing_and_marking_a_reply(cast, answer):
    def ask(policy):
        reply = Reply.objects.get(pk=answer.pk)
        return codes(cast, lambda member: policy(member, reply))

    assert ask(policies.can_edit_reply) == everybody("not_yours", supporter="")
    assert ask(policies.can_mark) == everybody(supporter="own_reply")
    hiding.set_reply_hidden(reply=answer, hidden=True)
    assert ask(policies.can_edit_reply) == everybody("not_yours", supporter="hidden")
    assert ask(policies.can_mark) == everybody("hidden", supporter="own_reply")


def test_saying_that_it_solved_mine_too(cast, question, answer, author):
    def ask():
        reply = Reply.objects.select_related("topic").get(pk=answer.pk)
        return codes(cast, lambda member: policies.can_say_solved(member, reply))

    assert ask() == everybody("not_the_answer")
    answers.accept(reply=answer, by=author)
    assert ask() == everybody(author="own_answer", supporter="own_answer")
    hiding.set_topic_hidden(topic=question, hidden=True)
    assert ask() == everybody("hidden")


def test_who_answers_everywhere(space, admin_member):
    """A permission without the admin is none, as with deciding."""
    assert policies.answers_in(admin_member, space)
    assert policies.can_open(admin_member, space, "announcement")
    assert not policies.answers_in(MemberFactory(is_superuser=True), space)
