import pytest

from activity.models import EventRecord
from activity.services import replay_from
from community.models import Mail, Notification
from moderation.services import lift, restrict

pytestmark = pytest.mark.django_db


def test_the_author_is_told_with_the_reason(idea, author, moderator, deliver):
    made = restrict(thing=idea, by=moderator, reason="An advertisement.")
    deliver()
    told = Notification.objects.get()
    assert (told.member, told.actor, told.excerpt) == (author, None, "An advertisement.")
    assert told.sentence == "Moderation has hidden your idea “Charge at night”"
    assert told.url == idea.get_absolute_url()
    assert Mail.objects.get().notification == told
    lift(restriction=made, by=moderator, reason="It was none.")
    deliver()
    told = Notification.objects.latest("id")
    assert told.sentence == "Your idea “Charge at night” is shown again"
    assert told.excerpt == "It was none."


def test_the_author_of_a_comment_is_told(comment, stranger, moderator, deliver):
    made = restrict(thing=comment, by=moderator, reason="An advertisement.")
    lift(restriction=made, by=moderator, reason="It was none.")
    deliver()
    told = Notification.objects.filter(kind__startswith="moderation").order_by("id")
    assert [one.sentence for one in told] == [
        "Moderation has hidden your comment on “Charge at night”",
        "Your comment on “Charge at night” is shown again",
    ]
    assert {one.member for one in told} == {stranger}
    assert told[0].url == comment.get_absolute_url()


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        (
            "question",
            [
                "Moderation has hidden your topic “Where is the fuse?”",
                "Your topic “Where is the fuse?” is shown again",
            ],
        ),
        (
            "answer",
            [
                "Moderation has hidden your reply to “Where is the fuse?”",
                "Your reply to “Where is the fuse?” is shown again",
            ],
        ),
    ],
)
def test_authors_in_the_forum_are_told(name, sentences, request, moderator, deliver):
    thing = request.getfixturevalue(name)
    made = restrict(thing=thing, by=moderator, reason="An advertisement.")
    lift(restriction=made, by=moderator, reason="It was none.")
    deliver()
    told = Notification.objects.filter(kind__startswith="moderation").order_by("id")
    assert [one.sentence for one in told] == sentences
    assert {one.member for one in told} == {thing.author}
    assert told[0].url == thing.get_absolute_url()


def test_a_replay_tells_nobody_twice(idea, moderator, deliver):
    restrict(thing=idea, by=moderator, reason="x")
    deliver()
    first = EventRecord.objects.earliest("id").pk
    replay_from(subscriber="moderation.tell_author", event_id=first)
    assert deliver() == 1
    assert Notification.objects.count() == Mail.objects.count() == 1
