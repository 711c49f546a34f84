"""The log among many transactions: nothing is passed over, nothing handed over twice."""

import time
from functools import partial
from threading import Event

import pytest
from django.db import OperationalError, connection, transaction

from activity import delivery
from activity.models import Bookmark, ParkedEvent
from activity.services import record
from tests.activity.conftest import BellRang, place_of
from tests.threads import PATIENCE, at_once, failures

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("alone", "committed"),
]


def ring(number):
    with transaction.atomic():
        record(BellRang(number=number), actor=None)


class Held:
    """A transaction on another connection that stays open until told."""

    def __init__(self, other):
        self.other = other

    def begin(self, *statements):
        self.other.does(lambda: transaction.set_autocommit(False))
        for statement in statements:
            self.other.does(lambda s=statement: connection.cursor().execute(s))

    def ring(self, number):
        def deed():
            # What `record` asks for is an atomic block; the transaction outlives it.
            with transaction.atomic():
                record(BellRang(number=number), actor=None)

        self.other.does(deed)

    def end(self, how):
        self.other.does(how)
        self.other.does(lambda: transaction.set_autocommit(True))


@pytest.fixture
def held(other):
    return Held(other)


TAKE_A_NUMBER = "SELECT pg_current_xact_id()"


def test_an_early_transaction_that_commits_late_is_not_passed_over(held, bells, notes):
    held.begin()
    held.ring(1)
    ring(2)
    delivery.drain()
    assert notes.read() == []  # the second waits behind the first
    held.end(transaction.commit)
    delivery.drain()
    assert notes.read() == [1, 2]


def test_an_early_transaction_that_records_late_is_not_passed_over(held, bells, notes):
    """Its event has the larger id and the smaller transaction."""
    held.begin(TAKE_A_NUMBER)
    ring(2)
    delivery.drain()
    held.ring(1)
    held.end(transaction.commit)
    ring(3)
    delivery.drain()
    assert notes.read() == [1, 2, 3]


def test_what_was_rolled_back_never_happened(held, bells, notes):
    held.begin()
    held.ring(1)
    ring(2)
    held.end(transaction.rollback)
    delivery.drain()
    assert notes.read() == [2]


def test_a_transaction_that_begins_after_the_horizon_is_not_stepped_over(held, bells, notes):
    """An idle subscriber steps over what it need not read, and no further."""
    ring(1)
    delivery.drain()
    before = place_of(bells)
    held.begin()
    held.ring(2)
    delivery.drain()
    assert notes.read() == [1]
    held.end(transaction.commit)
    delivery.drain()
    assert notes.read() == [1, 2]
    assert place_of(bells) > before


def test_two_deliverers_at_once_hand_over_each_event_once(bells, notes, listen):
    inside, leave = Event(), Event()

    def slow(batch):
        inside.set()
        assert leave.wait(PATIENCE)

    name = listen(slow, BellRang)
    ring(1)

    def second():
        assert inside.wait(PATIENCE)
        try:
            return delivery.drain()
        finally:
            leave.set()

    # The slow subscriber's turn is skipped by whoever comes while it is being served.
    handed = at_once(delivery.drain, second)
    assert not failures(handed)
    assert sum(handed) == 2
    assert notes.read() == [1]
    assert place_of(name) == place_of(bells)


def ring_all(numbers):
    for number in numbers:
        ring(number)


def drain_often():
    for _ in range(12):
        delivery.drain()
        time.sleep(0.01)


def test_many_recorders_and_deliverers_lose_and_repeat_nothing(bells, notes):
    shares = [range(first, first + 20) for first in range(0, 120, 20)]
    recorders = [partial(ring_all, share) for share in shares]
    assert not failures(at_once(*recorders, *[drain_often] * 4))
    delivery.drain()
    heard = notes.read()
    assert sorted(heard) == list(range(120))
    for share in shares:
        own = [number for number in heard if number in share]
        assert own == sorted(own)


def test_a_killed_batch_leaves_neither_effect_nor_bookmark(notes, listen):
    kills = [SystemExit]

    def killed_once(batch):
        notes.write(batch)
        if kills:
            raise kills.pop()

    name = listen(killed_once, BellRang)
    ring(1)
    with pytest.raises(SystemExit):
        delivery.drain()
    assert notes.read() == []
    assert place_of(name) == (0, 0)
    delivery.drain()
    assert notes.read() == [1]
    assert not ParkedEvent.objects.exists()


def test_a_database_that_hangs_up_in_the_middle_is_no_poisoned_event(notes, listen):
    hang_ups = [1]

    def hung_up_once(batch):
        notes.write(batch)
        if hang_ups:
            hang_ups.pop()
            connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")

    listen(hung_up_once, BellRang)
    ring(1)
    with pytest.raises((OperationalError, connection.Database.Error)):
        delivery.drain()
    connection.close()
    assert notes.read() == []
    delivery.drain()
    assert notes.read() == [1]
    assert not ParkedEvent.objects.exists()


def test_a_poisoned_event_is_parked_for_good(notes, listen):
    def refuses_two(batch):
        notes.write(batch)
        if 2 in [event.number for event in batch]:
            raise ValueError("two")

    name = listen(refuses_two, BellRang)
    for number in (1, 2, 3):
        ring(number)
    delivery.drain()
    delivery.drain()
    assert notes.read() == [1, 3]
    assert ParkedEvent.objects.get().subscriber == name
    assert Bookmark.objects.get(pk=name).transaction_id > 0
