import threading

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from activity.models import EventRecord
from community.errors import Refused
from community.models import Mail, Notification
from ideas.models import Comment, Idea
from ideas.services import tallies
from moderation.models import Restriction
from moderation.services import lift, restrict
from tests.factories.community import NotificationFactory

pytestmark = pytest.mark.django_db


def test_hiding_an_idea_takes_it_off_the_site(idea, moderator, visitor, stranger, author):
    made = restrict(thing=idea, by=moderator, reason="An advertisement.")
    assert (made.idea, made.comment, made.moderator) == (idea, None, moderator)
    assert not Idea.objects.visible_to(stranger).exists()
    assert not Idea.objects.listed().exists()
    assert Idea.objects.visible_to(author).get() == idea
    assert visitor.get(idea.get_absolute_url()).status_code == 404


def test_hiding_a_comment_takes_it_out_of_the_count(comment, moderator, idea):
    restrict(thing=comment, by=moderator, reason="An advertisement.")
    idea.tally.refresh_from_db()
    assert (idea.tally.comments, Comment.objects.shown().count()) == (0, 0)
    assert tallies.drifts() == []


@pytest.mark.parametrize("name", ["idea", "comment"])
def test_lifting_restores_it(name, request, moderator, other_moderator, idea):
    thing = request.getfixturevalue(name)
    made = restrict(thing=thing, by=moderator, reason="An advertisement.")
    lifted = lift(restriction=made, by=other_moderator, reason="It was none.")
    thing.refresh_from_db()
    assert thing.hidden_at is None
    assert (lifted.lifted_by, lifted.lift_reason) == (other_moderator, "It was none.")
    assert Idea.objects.listed().get() == idea
    assert tallies.drifts() == []
    again = restrict(thing=thing, by=moderator, reason="It is, after all.")
    assert Restriction.objects.in_force().get() == again


@pytest.mark.parametrize("name", ["idea", "comment", "question", "answer"])
def test_mail_that_waits_does_not_tell_what_was_taken_down(name, request, moderator, deliver):
    thing = request.getfixturevalue(name)
    now = Mail.objects.create(notification=NotificationFactory(url=thing.get_absolute_url()))
    later = NotificationFactory(url=thing.get_absolute_url(), wants_digest="daily")
    other = Mail.objects.create(notification=NotificationFactory(url="/ideas/0/"))
    restrict(thing=thing, by=moderator, reason="An advertisement.")
    assert list(Mail.objects.waiting()) == [other]
    assert later not in Notification.objects.for_digests()
    now.refresh_from_db()
    assert now.error == "It was taken down."
    deliver()
    told = Notification.objects.get(kind__startswith="moderation.")
    assert Mail.objects.waiting().filter(notification=told).exists()


@pytest.mark.parametrize("name", ["question", "answer"])
def test_the_forum_is_moderated_the_same_way(name, request, moderator, other_moderator):
    thing = request.getfixturevalue(name)
    made = restrict(thing=thing, by=moderator, reason="An advertisement.")
    assert (made.thing, made.thing_id) == (thing, f"{made.kind}-{thing.pk}")
    thing.refresh_from_db()
    assert thing.hidden_at
    with pytest.raises(Refused) as refusal:
        restrict(thing=thing, by=other_moderator, reason="x")
    assert refusal.value.code == "already_hidden"
    lift(restriction=made, by=other_moderator, reason="It was none.")
    thing.refresh_from_db()
    assert thing.hidden_at is None


def another(decided, **fields):
    """A row of its own for the same decision, past the service."""
    with transaction.atomic():
        Restriction.objects.create(**{"decision": decided, "reason": "x"} | fields)


def test_one_restriction_is_of_one_thing(question, answer, idea, moderator):
    decided = restrict(thing=idea, by=moderator, reason="x").decision
    with pytest.raises(IntegrityError, match="restricts_one_thing"):
        another(decided, topic=question, reply=answer, moderator=moderator)
    with pytest.raises(IntegrityError, match="restricts_one_thing"):
        another(decided, moderator=moderator)


def test_each_deed_is_recorded(idea, moderator):
    before = EventRecord.objects.count()
    made = restrict(thing=idea, by=moderator, reason="x")
    lift(restriction=made, by=moderator, reason="y")
    rows = EventRecord.objects.exclude(kind="moderation.case_decided").order_by("id")[before:]
    facts = {"restriction_id": made.pk, "author_id": idea.author_id, "spam": False}
    facts |= {"thing": "idea", "thing_id": idea.pk}
    assert [(row.kind, row.payload, row.actor_id) for row in rows] == [
        ("moderation.restricted", facts, moderator.pk),
        ("moderation.lifted", facts, moderator.pk),
    ]


def test_a_refusal_leaves_nothing(idea, stranger):
    with pytest.raises(Refused) as refusal:
        restrict(thing=idea, by=stranger, reason="I dislike it.")
    assert refusal.value.code == "not_a_moderator"
    idea.refresh_from_db()
    assert (idea.hidden_at, Restriction.objects.count()) == (None, 0)


def test_twice_is_refused(idea, moderator, other_moderator):
    made = restrict(thing=idea, by=moderator, reason="x")
    with pytest.raises(Refused, match="hidden already"):
        restrict(thing=idea, by=other_moderator, reason="y")
    lift(restriction=made, by=moderator, reason="x")
    with pytest.raises(Refused, match="shown again already"):
        lift(restriction=made, by=other_moderator, reason="y")


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "Another."},
        {"lifted_at": None, "lifted_by": None, "lift_reason": ""},
        {"lift_reason": "Another."},
    ],
)
def test_what_was_decided_stands(idea, moderator, change):
    made = restrict(thing=idea, by=moderator, reason="x")
    lift(restriction=made, by=moderator, reason="y")
    with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
        Restriction.objects.filter(pk=made.pk).update(**change)


def test_no_restriction_is_ever_deleted(idea, moderator):
    restrict(thing=idea, by=moderator, reason="x")
    with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
        Restriction.objects.all().delete()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({}, "restricts_one_thing"),
        ({"idea": True, "comment": True}, "restricts_one_thing"),
        ({"idea": True, "reason": ""}, "restricted_for_a_reason"),
        ({"idea": True, "lifted_at": True}, "lifted_for_a_reason"),
    ],
)
def test_the_database_refuses_half_a_restriction(idea, comment, moderator, fields, constraint):
    whole = {"idea": idea, "comment": comment, "lifted_at": timezone.now()}
    fields = {name: whole.get(name, value) for name, value in fields.items()}
    decided = restrict(thing=comment, by=moderator, reason="x").decision
    with pytest.raises(IntegrityError, match=constraint):
        another(decided, **{"moderator": moderator} | fields)


def test_one_restriction_in_force_for_each_thing(comment, moderator, case, decide):
    warned = decide(case, action="warn")
    restrict(thing=comment, by=moderator, reason="x", clause=warned.clause)
    with pytest.raises(IntegrityError, match="comment_hidden_once"):
        another(warned, comment=comment, moderator=moderator)


@pytest.mark.usefixtures("committed")
def test_of_two_moderators_at_once_one_decides(idea, moderator, other_moderator):
    start, answers = threading.Barrier(2), []

    def decide(by):
        start.wait()
        try:
            restrict(thing=idea, by=by, reason=f"Says {by.handle}.")
            answers.append("hidden")
        except Refused as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[by]) for by in (moderator, other_moderator)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["already_hidden", "hidden"]
    assert Restriction.objects.in_force().count() == 1
