import pytest

from community.models import Reply, ReplyRevision, Topic, TopicRevision, TopicTally
from community.notices.forum import subject_of
from community.privacy import Leaving
from community.services import answers, hiding, leaving
from tests.factories.community import NotificationFactory
from tests.factories.forum import replied

pytestmark = pytest.mark.django_db


def go(member, *, removes):
    """All parts, each until it is done."""
    who = Leaving(member_id=member.pk, email=member.email, removes=removes)
    for part in (leaving.remove_topics, leaving.remove_replies):
        while not part(who):
            pass


def test_what_was_written_stays_if_that_was_chosen(question, answer, author):
    words = question.title, question.body
    go(author, removes=False)
    question.refresh_from_db()
    assert (question.title, question.body) == words


def test_a_topic_without_others_goes_with_its_words(question, author):
    TopicRevision.objects.create(topic=question, number=1, title="Before", body="Words.")
    go(author, removes=True)
    gone = Topic.objects.get(pk=question.pk)
    assert (gone.title, gone.body, gone.body_html, gone.snippet) == (
        "Removed by its author", "", "", "",
    )  # fmt: skip
    assert gone.hidden_at
    assert not TopicRevision.objects.exists()
    assert not Topic.objects.matching("attic").exists()


def test_what_others_were_told_loses_its_title(question, supporter, author):
    told = NotificationFactory(member=supporter, topic=subject_of(question.pk), subject="Old")
    go(author, removes=True)
    told.refresh_from_db()
    assert told.subject == "Removed by its author"


def test_moderation_cannot_show_a_reply_without_words(answer, supporter):
    go(supporter, removes=True)
    answer.refresh_from_db()
    hiding.set_reply_hidden(reply=answer, hidden=False)
    answer.refresh_from_db()
    assert answer.hidden_at


def test_a_topic_in_which_others_spoke_stays_for_them(question, answer, author):
    go(author, removes=True)
    shown = Topic.objects.listed().get()
    assert (shown.title, shown.body, shown.hidden_at) == ("Removed by its author", "", None)
    assert shown.replies.shown().get().body == answer.body


def test_a_question_whose_answer_goes_waits_again(question, answer, author):
    answers.accept(reply=answer, by=author)
    ReplyRevision.objects.create(reply=answer, number=1, body="Words.")
    go(answer.author, removes=True)
    gone = Reply.objects.get(pk=answer.pk)
    assert (gone.body, gone.body_html, gone.accepted_at) == ("", "", None)
    assert gone.hidden_at
    assert not ReplyRevision.objects.exists()
    assert TopicTally.objects.get(pk=question.pk).answered_at is None


def test_what_was_said_for_a_team_stays(question, team, supporter):

    said = replied(question, "We mend it.", by=supporter)
    Reply.objects.filter(pk=said.pk).update(team=team)
    go(supporter, removes=True)
    said.refresh_from_db()
    assert (said.body, said.hidden_at) == ("We mend it.", None)
