"""What was booked wrongly is reversed and booked anew, and nothing that was written changes."""

from datetime import timedelta

import pytest
from django.db import connection

from activity.models import EventRecord
from community.errors import Refused
from ideas.services.crediting import credit_comment
from ideas.services.supporting import give_support, withdraw_support
from reputation.models import BadgeDue, Circumstance, Day, Entry, Ground, Share
from reputation.services import award, correct, verify
from tests.factories.community import MemberFactory
from tests.factories.ideas import idea_in, said_on, supported

pytestmark = pytest.mark.django_db


def nobody(_count):
    """Looks at the progress."""


@pytest.fixture
def history(idea, board, author, supporter, team_member, deliver):
    """Ada's idea has two fans and had a third; what Sven built on was shipped."""
    fans = supported(idea, 3)
    withdraw_support(idea=idea, member=fans[0])
    shipped = idea_in("shipped", board=board, author=author)
    credit_comment(comment=said_on(shipped, by=supporter, kind="concern"), by=team_member)
    deliver()
    assert standing_of(author) == 85
    return fans


def standing_of(member):
    member.refresh_from_db()
    return member.standing


def corrected():
    return correct(reason="A rule was mended.", progress=nobody)


def all_agrees():
    return verify(from_log=True, progress=nobody).found == {}


def a_vote():
    return Ground.objects.filter(kind="supported", holds=True).order_by("pk").first()


def test_what_is_right_stays_as_it_is(history):
    before = list(Entry.objects.order_by("pk").values())
    assert corrected() == 0
    assert list(Entry.objects.order_by("pk").values()) == before
    assert not EventRecord.objects.filter(kind="reputation.ledger_corrected").exists()


def test_it_says_why(history):
    with pytest.raises(Refused, match="Say why"):
        correct(reason=" ", progress=nobody)


def damages():
    """Each with what it does to Ada's standing as long as it is summed up like that."""

    def lost(ground):
        Ground.objects.filter(pk=ground.pk).update(given_stamp=2)

    def other_points(ground):
        Ground.objects.filter(pk=ground.pk).update(points=4)

    def other_day(ground):
        since = ground.since - timedelta(days=3)
        Ground.objects.filter(pk=ground.pk).update(since=since)

    def another_member(ground):
        Ground.objects.filter(pk=ground.pk).update(member=MemberFactory())

    return [lost, other_points, other_day, another_member]


@pytest.mark.parametrize("damage", damages(), ids=lambda damage: damage.__name__)
def test_a_damaged_ground(history, author, damage):
    before = Entry.objects.count()
    damage(a_vote())
    assert not all_agrees()
    assert corrected() == 1
    assert standing_of(author) == 85
    # Its entry was right all the time.
    assert Entry.objects.count() == before
    assert all_agrees()
    assert corrected() == 0


def test_points_that_nobody_gave(history, author, deliver):
    """Booked from an event that is not in the log (any more)."""
    give_support(idea=author.ideas.first(), member=MemberFactory())
    deliver()
    assert standing_of(author) == 95
    event = EventRecord.objects.filter(kind="ideas.support_given").latest("pk")
    never_written(("DELETE FROM activity_eventrecord WHERE id = %s", event.pk))
    award()
    assert corrected() == 1
    # What stood on those points is looked at again.
    assert list(BadgeDue.objects.values_list("member", flat=True)) == [author.pk]
    assert standing_of(author) == 85
    newest = Entry.objects.latest("pk")
    assert (newest.points, newest.cause) == (-10, "corrected")
    assert newest.reverses.points == 10
    assert all_agrees()
    assert corrected() == 0


def test_points_that_were_forgotten(history, author, idea, deliver):
    """The vote was passed over: it is booked as of the day on which it was given."""
    event = EventRecord.objects.filter(kind="ideas.support_given").latest("pk")
    event.pk, event.payload = None, event.payload | {"member_id": MemberFactory().pk}
    event.occurred_at -= timedelta(days=2)
    event.save()
    deliver()
    assert standing_of(author) == 95
    ground = Ground.objects.latest("pk")
    never_written(
        ("DELETE FROM reputation_entry WHERE ground_id = %s", ground.pk),
        ("DELETE FROM reputation_ground WHERE id = %s", ground.pk),
    )
    Day.objects.filter(member=author, day=event.occurred_at.date()).delete()
    author.standing -= ground.points
    author.save(update_fields=["standing"])
    assert standing_of(author) == 85
    assert corrected() == 1
    assert standing_of(author) == 95
    newest = Entry.objects.latest("pk")
    assert (newest.points, newest.cause, newest.counts_on) == (
        10, "corrected", event.occurred_at.date(),
    )  # fmt: skip
    told = EventRecord.objects.filter(kind="reputation.ledger_corrected").order_by("pk")
    assert [row.payload["gives"] for row in told] == [False, True]
    assert newest.event == told[1].pk
    assert all_agrees()
    assert corrected() == 0


def never_written(*statements):
    """What no trigger would let happen."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement, number in statements:
            cursor.execute(statement, [number])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_what_is_remembered_beside_is_mended_too(history, supporter, team_member, deliver):
    """Or the next event would turn the wrong way."""
    Share.objects.all().delete()
    Circumstance.objects.update(shipped_stamp=2)
    assert corrected() == 0
    assert Share.objects.get().member == supporter
    assert Circumstance.objects.get().shipped_stamp % 2 == 1
    assert all_agrees()


def test_what_happens_afterwards_is_booked_as_ever(history, author, idea, deliver):
    Ground.objects.filter(pk=a_vote().pk).update(points=4)
    corrected()
    withdraw_support(idea=idea, member=history[1])
    deliver()
    assert standing_of(author) == 75
    assert all_agrees()
