import pytest

from activity.models import EventRecord
from activity.services import replay_from
from community.models import Mail, Notification
from moderation import services
from moderation.models import Statement
from moderation.services import lift, restrict

pytestmark = pytest.mark.django_db


def test_the_author_is_told_with_the_reason(idea, author, moderator, deliver):
    made = restrict(thing=idea, by=moderator, reason="An advertisement.")
    deliver()
    told = Notification.objects.get()
    assert (told.member, told.actor, told.excerpt) == (author, None, "An advertisement.")
    assert told.sentence == "Moderation has hidden your idea “Charge at night”"
    assert told.url == Statement.objects.get().get_absolute_url()
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
    assert told[0].url == Statement.objects.get().get_absolute_url()


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
    assert told[0].url == Statement.objects.get().get_absolute_url()


def test_a_replay_tells_nobody_twice(idea, moderator, deliver):
    restrict(thing=idea, by=moderator, reason="x")
    deliver()
    first = EventRecord.objects.earliest("id").pk
    replay_from(subscriber="moderation.tell_author", event_id=first)
    assert deliver() == 1
    assert Notification.objects.count() == Mail.objects.count() == 1


def sentences():
    told = Notification.objects.filter(kind__startswith="moderation.").order_by("id")
    return [(one.member.handle, one.sentence) for one in told]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("warn", "Moderation warns you because of “Charge at night”"),
        ("edit_request", "Moderation asks you to change what you wrote: “Charge at night”"),
    ],
)
def test_whoever_is_warned_or_asked_is_told(action, said, case, decide, deliver):
    decide(case, action=action)
    deliver()
    right = ("mara", "You reported “Charge at night”, and you were right")
    assert sorted(sentences()) == [("ada", said), right]
    mailed = Mail.objects.filter(notification__kind__startswith="moderation.")
    assert mailed.count() == 2


def test_reporters_hear_what_became_of_it(report, idea, member, stranger, decide, deliver):
    case = report(member, idea).case
    services.withdraw_flag(flag=report(stranger, idea), by=stranger)
    decide(case, action="no_action")
    deliver()
    left = "You reported “Charge at night”: moderation leaves it as it is"
    assert sentences() == [("mara", left)]


@pytest.mark.parametrize(
    ("upheld", "said"),
    [
        (True, "Your complaint about “Charge at night” is right"),
        (False, "The decision about “Charge at night” stands"),
    ],
)
def test_whoever_complained_gets_the_answer(
    upheld, said, statement, author, other_moderator, deliver
):
    made = services.complain(statement=statement, by=author, words="It is none.")
    services.decide_complaint(
        complaint=made, by=other_moderator, upheld=upheld, answer="Read it again."
    )
    deliver()
    assert ("ada", said) in sentences()
    told = Notification.objects.get(kind__startswith="moderation.complaint")
    assert (told.excerpt, told.url) == ("Read it again.", statement.get_absolute_url())


def test_everybody_who_wrote_it_is_told(report, idea, member, stranger, decide, deliver):
    idea.co_author_ids = [stranger.pk]
    idea.save()
    decide(report(member, idea).case)
    deliver()
    hidden = "Moderation has hidden your idea “Charge at night”"
    assert {("ada", hidden), ("tom", hidden)} <= set(sentences())
