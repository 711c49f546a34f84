import pytest

from activity.models import EventRecord
from community.errors import Refused
from community.models import Reply, ReplyMark, ReplyRevision
from community.services import hiding, replies, topics
from community.wilson import lower_bound
from tests.factories.community import MemberFactory
from tests.factories.forum import opened, replied

pytestmark = pytest.mark.django_db


def facts(kind):
    return [row.payload for row in EventRecord.objects.filter(kind=kind).order_by("id")]


def test_a_reply_is_recorded_and_followed(question, stranger, author):
    said = replied(question, "Ask @ada.", by=stranger)
    assert said.language == question.language
    assert question.follows.filter(member=stranger).exists()
    assert facts("community.reply_posted") == [
        {
            "topic_id": question.pk,
            "reply_id": said.pk,
            "author_id": stranger.pk,
            "official": False,
            "quoted_id": None,
            "mentioned": [author.pk],
        }
    ]


def test_a_quote_names_whom_it_quotes(question, answer, supporter):
    replied(question, "Are you sure?", quotes=answer)
    assert facts("community.reply_posted")[-1]["quoted_id"] == supporter.pk


def test_a_double_click_says_it_once(question, stranger):
    assert replied(question, by=stranger) == replied(question, by=stranger)
    assert Reply.objects.count() == 1


def test_the_team_replies_as_the_team(question, team_member, other_team_member):
    assert replied(question, "We come.", by=team_member).team == question.space.team
    assert replied(question, "Not us.", by=other_team_member).team is None


def test_what_was_hidden_is_not_quoted(question, answer):
    hiding.set_reply_hidden(reply=answer, hidden=True)
    answer.refresh_from_db()
    with pytest.raises(Refused) as refused:
        replied(question, quotes=answer)
    assert refused.value.code == "missing_quotes"


def test_another_topic_is_not_quoted(space, answer):
    with pytest.raises(Refused) as refused:
        replied(opened(space, title="Which plug?"), quotes=answer)
    assert refused.value.code == "missing_quotes"


def test_a_closed_topic_takes_no_reply(question, team_member):
    topics.set_closed(topic=question, by=team_member, closed=True)
    with pytest.raises(Refused) as refused:
        replied(question)
    assert refused.value.code == "topic_closed"


class TestEditing:
    def test_what_was_said_stays_readable(self, answer, supporter):
        said = replies.edit_reply(reply=answer, by=supporter, version=1, body="In the *attic*.")
        assert (said.version, said.body_html) == (2, "<p>In the <em>attic</em>.</p>\n")
        assert ReplyRevision.objects.get().body == "Under the stairs."

    def test_the_same_words_are_no_edit(self, answer, supporter):
        replies.edit_reply(reply=answer, by=supporter, version=1, body=answer.body)
        assert not ReplyRevision.objects.exists()

    def test_who_was_slower_is_told(self, answer, supporter):
        replies.edit_reply(reply=answer, by=supporter, version=1, body="One.")
        with pytest.raises(Refused) as refused:
            replies.edit_reply(reply=answer, by=supporter, version=1, body="Two.")
        assert refused.value.code == "stale"


class TestHelpful:
    def test_marks_are_counted_and_set(self, answer):
        one, two = MemberFactory.create_batch(2)
        for _ in range(2):
            replies.mark_helpful(reply=answer, by=one, helpful=True)
        said = replies.mark_helpful(reply=answer, by=two, helpful=False)
        assert (said.helpful, said.unhelpful) == (1, 1)
        assert said.helpful_score == lower_bound(1, 1)
        assert len(facts("community.reply_found_helpful")) == 1

    def test_a_mark_is_taken_back(self, answer, stranger):
        replies.mark_helpful(reply=answer, by=stranger, helpful=True)
        said = replies.mark_helpful(reply=answer, by=stranger, helpful=None)
        assert (said.helpful, said.helpful_score) == (0, 0)
        assert not ReplyMark.objects.exists()
