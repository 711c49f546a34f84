import pytest

from activity.models import EventRecord
from community.errors import Refused
from community.models import Muted, Topic, TopicFollow, TopicRevision
from community.services import notifying, topics
from tests.factories.forum import SpaceFactory, opened

pytestmark = pytest.mark.django_db


def test_who_opens_a_topic_follows_it(space, author, stranger):
    topic = opened(space, by=author, body="@tom knows.", tags=["Fuse"])
    assert topic.body_html.startswith('<p><a href="/people/tom/"')
    assert [tag.name for tag in topic.tags.all()] == ["Fuse"]
    assert TopicFollow.objects.get().member == author
    fact = EventRecord.objects.get(kind="community.topic_opened")
    assert fact.payload == {
        "topic_id": topic.pk,
        "space_id": space.pk,
        "author_id": author.pk,
        "topic_kind": "question",
        "official": False,
        "mentioned": [stranger.pk],
    }


def test_a_double_click_opens_one_topic(space, author):
    assert opened(space, by=author) == opened(space, by=author)
    assert Topic.objects.count() == 1
    assert EventRecord.objects.count() == 1


def test_the_same_words_elsewhere_are_another_topic(space, author):
    opened(space, by=author)
    opened(SpaceFactory(), by=author)
    assert Topic.objects.count() == 2


def test_the_team_speaks_for_itself(space, team_member):
    assert opened(space, "discussion", by=team_member).team == space.team
    assert opened(SpaceFactory(), by=team_member).team is None


def test_six_tags_are_too_many(space, author):
    with pytest.raises(Refused) as refused:
        opened(space, by=author, tags=list("abcdef"))
    assert refused.value.code == "too_many_tags"


class TestEditing:
    def test_what_was_said_stays_readable(self, question, author):
        changed = topics.edit_topic(
            topic=question, by=author, version=1, title="Where?", body="Dark.", tags=["fuse"]
        )
        assert (changed.title, changed.version, changed.snippet) == ("Where?", 2, "Dark.")
        assert changed.edited_at
        before = TopicRevision.objects.get()
        assert (before.number, before.title, before.body) == (
            1,
            "Where is the fuse?",
            "It went dark.",
        )

    def test_tags_alone_make_no_version(self, question, author):
        said = {"title": question.title, "body": question.body}
        topics.edit_topic(topic=question, by=author, version=1, tags=["fuse"], **said)
        question.refresh_from_db()
        assert (question.version, question.edited_at) == (1, None)
        assert [tag.name for tag in question.tags.all()] == ["fuse"]

    def test_who_was_slower_is_told(self, question, author):
        said = {"title": "Where?", "tags": []}
        topics.edit_topic(topic=question, by=author, version=1, body="One.", **said)
        with pytest.raises(Refused) as refused:
            topics.edit_topic(topic=question, by=author, version=1, body="Two.", **said)
        assert refused.value.code == "stale"


class TestClosing:
    def test_closed_and_open_again(self, question, team_member):
        topics.set_closed(topic=question, by=team_member, closed=True)
        question.refresh_from_db()
        assert (question.closed_at is not None, question.closed_by) == (True, team_member)
        assert question.tally.closed
        topics.set_closed(topic=question, by=team_member, closed=False)
        question.refresh_from_db()
        assert (question.closed_at, question.closed_by) == (None, None)

    def test_again_changes_nothing(self, question, team_member, colleague):
        topics.set_closed(topic=question, by=team_member, closed=True)
        topics.set_closed(topic=question, by=colleague, closed=True)
        question.refresh_from_db()
        assert question.closed_by == team_member


def test_following_is_set_and_brings_mails_back(question, stranger):
    notifying.mute(member=stranger, topic=f"topic:{question.pk}")
    topics.follow(topic=question, member=stranger)
    topics.follow(topic=question, member=stranger)
    assert question.follows.filter(member=stranger).count() == 1
    assert not Muted.objects.exists()
    topics.unfollow(topic=question, member=stranger)
    topics.unfollow(topic=question, member=stranger)
    assert not question.follows.filter(member=stranger).exists()
