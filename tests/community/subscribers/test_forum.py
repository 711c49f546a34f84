"""Who hears what of the forum, once each."""

import pytest
from django.utils import translation

from community.models import Notification
from community.notices import forum as notices
from community.services import answers, distance, hiding, topics
from tests.factories.community import MemberFactory
from tests.factories.forum import opened, replied

pytestmark = pytest.mark.django_db


def told(**which):
    rows = Notification.objects.filter(**which).order_by("member__handle", "id")
    return [(row.member.handle, row.kind) for row in rows]


def test_followers_hear_of_replies_and_authors_not_of_their_own(question, answer, deliver):
    deliver()
    assert told() == [("ada", notices.REPLIED)]
    row = Notification.objects.get()
    assert (row.topic, row.url) == (f"topic:{question.pk}", f"/forum/replies/{answer.pk}/")
    assert row.sentence == "Sven Holm replied to “Where is the fuse?”"


def test_the_team_replies_for_the_team(question, team_member, deliver):
    replied(question, by=team_member)
    deliver()
    assert told() == [("ada", notices.TEAM_REPLIED)]


def test_who_is_named_or_quoted_hears_that_and_nothing_else(question, answer, stranger, deliver):
    """Ada is mentioned and follows, Sven is quoted and follows."""
    deliver()
    replied(question, "No, @ada.", by=stranger, quotes=answer)
    deliver()
    assert told(event_id=Notification.objects.latest("id").event_id) == [
        ("ada", notices.MENTIONED),
        ("sven", notices.QUOTED),
    ]


def test_a_mention_in_a_topic(space, author, stranger, deliver):
    opened(space, by=author, body="@tom, do you know?")
    deliver()
    assert told() == [("tom", notices.MENTIONED)]


def test_the_asker_accepts(question, answer, author, stranger, deliver):
    topics.follow(topic=question, member=stranger)
    deliver()
    answers.accept(reply=answer, by=author)
    deliver()
    assert told(kind=notices.ACCEPTED) == [("sven", notices.ACCEPTED)]
    assert told(kind=notices.SOLVED) == [("tom", notices.SOLVED)]


def test_the_team_accepts_and_the_asker_hears_it(question, answer, author, team_member, deliver):
    topics.unfollow(topic=question, member=author)
    answers.accept(reply=answer, by=team_member)
    deliver()
    assert told(kind=notices.SOLVED) == [("ada", notices.SOLVED)]


def test_it_solved_it_for_somebody_else(question, answer, author, stranger, deliver):
    answers.accept(reply=answer, by=author)
    answers.say_solved(reply=answer, by=stranger, solved=True)
    deliver()
    assert told(kind=notices.SOLVED_TOO) == [("sven", notices.SOLVED_TOO)]


@pytest.mark.parametrize("what", ["reply", "topic"])
def test_of_what_was_hidden_nobody_hears(question, answer, deliver, what):
    if what == "reply":
        hiding.set_reply_hidden(reply=answer, hidden=True)
    else:
        hiding.set_topic_hidden(topic=question, hidden=True)
    deliver()
    assert told() == []


def test_a_topic_that_is_gone_stops_nothing(question, answer, deliver):
    question.delete()
    deliver()
    assert told() == []


def test_every_kind_reads_in_german(question, answer, deliver, settings):
    MemberFactory()
    with translation.override("de"):
        for kind in notices.WORDINGS:
            row = Notification(kind=kind, subject="Sicherung", actor=answer.author)
            assert "„Sicherung“" in row.sentence


def test_who_follows_a_space_hears_of_its_topics(space, author, stranger, member, deliver):
    for reader in (author, stranger, member):
        topics.follow_space(space=space, member=reader)
    topics.unfollow_space(space=space, member=member)
    opened(space, by=author, body="@tom, do you know?")
    opened(space, by=author, title="Lamp", body="It is dark.")
    deliver()
    assert told() == [("tom", notices.MENTIONED), ("tom", notices.OPENED)]
    newest = Notification.objects.latest("id")
    assert newest.sentence == "Ada Brandt opened “Lamp” in a space that you follow"


def test_a_team_announces_also_to_who_blocked_the_one_who_writes(
    space, team_member, stranger, deliver
):
    topics.follow_space(space=space, member=stranger)
    distance.block(member=stranger, other=team_member)
    opened(space, kind="announcement", by=team_member, title="News")
    opened(space, kind="discussion", by=team_member, title="Chat")
    deliver()
    assert told() == [("tom", notices.ANNOUNCED)]


def test_no_mention_and_no_quote_passes_a_block(question, answer, stranger, supporter, deliver):
    """Sven wrote the answer; Tom blocked him, and quotes and names him all the same."""
    deliver()
    Notification.objects.all().delete()
    distance.block(member=stranger, other=supporter)
    replied(question, "No, @sven.", by=stranger, quotes=answer)
    deliver()
    assert told() == [("ada", notices.REPLIED)]
