"""Handing over: in batches, in order, once; what one subscriber cannot take waits for it alone."""

import pytest
from django.db import connection

from activity import delivery
from activity.models import Bookmark, EventRecord, ParkedEvent
from activity.services import record, record_all, replay_from, replay_parked
from tests.activity.conftest import BellRang, DoorOpened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


def ring(*numbers):
    record_all([BellRang(number=number) for number in numbers], actor=None)


def numbers(batch):
    return [event.number for event in batch]


@pytest.fixture
def heard(listen):
    """Batches, as they came."""
    batches = []

    def hears(batch):
        batches.append(numbers(batch))

    listen(hears, BellRang)
    return batches


def test_facts_come_in_batches_and_in_order(heard, deliver):
    ring(1, 2, 3)
    assert deliver() == 3
    assert heard == [[1, 2, 3]]


def test_a_fact_is_handed_over_once(heard, deliver):
    ring(1)
    deliver()
    ring(2)
    assert deliver() == 1
    assert deliver() == 0
    assert heard == [[1], [2]]


def test_a_subscriber_hears_only_what_it_asked_for(heard, deliver):
    record(DoorOpened(number=1), actor=None)
    assert deliver() == 0
    assert heard == []


def test_the_actor_and_the_moment_come_along(listen, deliver, member):
    events = []

    def keeps(batch):
        events.extend(batch)

    listen(keeps, BellRang)
    record(BellRang(number=1), actor=member)
    deliver()
    row = EventRecord.objects.get()
    assert (events[0].id, events[0].actor_id, events[0].when) == (
        row.pk,
        member.pk,
        row.occurred_at,
    )


def test_many_facts_cost_a_few_statements(heard, deliver, django_assert_num_queries):
    ring(*range(400))
    # Four make the bookmark; `deliver` itself asks two. Four hundred facts or one, it is the same.
    with django_assert_num_queries(13):
        deliver()
    assert len(heard) == 1


def test_more_than_a_batch_comes_in_several(heard, deliver, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    ring(1, 2, 3, 4, 5)
    assert deliver() == 5
    assert heard == [[1, 2], [3, 4], [5]]


def test_exactly_one_batch(heard, deliver, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 2)
    ring(1, 2)
    assert deliver() == 2
    assert heard == [[1, 2]]


def refuses_thirteen(batch):
    if 13 in numbers(batch):
        raise ValueError("thirteen")


def test_a_poisoned_event_is_parked_and_the_others_go_on(listen, notes, deliver):
    def superstitious(batch):
        notes.write(batch)
        refuses_thirteen(batch)

    name = listen(superstitious, BellRang)
    ring(12, 13, 14)
    deliver(parks=1)
    # The failed batch left nothing; then one by one, in order.
    assert notes.read() == [12, 14]
    parked = ParkedEvent.objects.get()
    assert parked.subscriber == name
    assert parked.event.payload == {"number": 13}
    assert "ValueError: thirteen" in parked.error
    assert parked.attempts == 1


def test_one_failing_subscriber_starves_no_other(listen, heard, deliver):
    def always_fails(batch):
        raise RuntimeError("no")

    listen(always_fails, BellRang)
    ring(1, 2)
    deliver(parks=2)
    assert heard == [[1, 2]]


def test_a_failed_statement_does_not_spoil_the_batch_of_others(listen, heard, deliver):
    """In PostgreSQL an error aborts its transaction; the savepoint holds it."""

    def breaks_sql(batch):
        EventRecord.objects.create(kind=None, payload={})

    listen(breaks_sql, BellRang)
    ring(1)
    deliver(parks=1)
    assert heard == [[1]]


def test_an_event_whose_class_is_gone_is_parked(heard, deliver):
    EventRecord.objects.create(kind="test.bell_rang", payload={"wrong": 1})
    ring(2)
    deliver(parks=1)
    assert heard == [[2]]


def test_a_parked_event_is_replayed(listen, deliver, notes):
    luck = []

    def superstitious(batch):
        if not luck:
            refuses_thirteen(batch)
        notes.write(batch)

    listen(superstitious, BellRang)
    ring(13)
    deliver(parks=1)
    parked = ParkedEvent.objects.get()
    assert not replay_parked(parked=parked)
    parked.refresh_from_db()
    assert (parked.attempts, parked.replayed_at) == (2, None)
    luck.append("found")
    assert replay_parked(parked=parked)
    assert notes.read() == [13]
    assert not ParkedEvent.objects.waiting().exists()


def test_what_a_failed_replay_wrote_is_undone(listen, deliver, notes):
    def superstitious(batch):
        notes.write(batch)
        refuses_thirteen(batch)

    listen(superstitious, BellRang)
    ring(13)
    deliver(parks=1)
    replay_parked(parked=ParkedEvent.objects.get())
    assert notes.read() == []


def test_a_parked_event_whose_subscriber_is_gone_stays_parked(deliver):
    ring(1)
    parked = ParkedEvent.objects.create(
        subscriber="gone.away", event=EventRecord.objects.get(), error="?"
    )
    assert not replay_parked(parked=parked)
    parked.refresh_from_db()
    assert "KeyError" in parked.error


def test_a_subscriber_reads_again_from_an_event_on(heard, deliver, listen):
    ring(1, 2, 3)
    deliver()
    name = Bookmark.objects.get().pk
    second = EventRecord.objects.order_by("pk")[1]
    replay_from(subscriber=name, event_id=second.pk)
    deliver()
    assert heard == [[1, 2, 3], [2, 3]]


def test_reading_again_from_behind_the_end_changes_nothing(heard, deliver):
    ring(1)
    deliver()
    replay_from(subscriber=Bookmark.objects.get().pk, event_id=10**12)
    deliver()
    assert heard == [[1]]


def test_a_new_subscriber_reads_the_log_from_its_beginning(deliver, heard, listen):
    ring(1, 2)
    deliver()
    late = []

    def newcomer(batch):
        late.extend(numbers(batch))

    listen(newcomer, BellRang)
    deliver()
    assert late == [1, 2]
    assert heard == [[1, 2]]


@pytest.fixture
def windows(listen, notes, monkeypatch):
    """A subscriber in bulk, which refuses thirteen; its windows, as they came."""
    seen = []

    def reads(window):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO test_notes (number) SELECT (log.payload->>'number')::int"
                f" FROM activity_eventrecord log WHERE {window.where}"
                " AND log.kind = 'test.bell_rang' ORDER BY log.id",
                window.values,
            )
        seen.append((window.count, sorted(window.found)))
        if 13 in notes.read():
            raise ValueError("thirteen")

    listen(reads, BellRang, in_bulk=True)
    return seen


def test_a_window_is_handed_over_as_two_places(windows, notes, deliver):
    record(DoorOpened(number=9), actor=None)
    ring(1, 2, 3)
    assert deliver() == 3
    assert windows == [(3, ["test.bell_rang"])]
    assert notes.read() == [1, 2, 3]
    assert deliver() == 0


def test_a_long_log_comes_in_several_windows(windows, notes, deliver, monkeypatch):
    monkeypatch.setattr(delivery, "WINDOW", 2)
    ring(1, 2, 3, 4, 5)
    assert deliver() == 5
    assert [count for count, _kinds in windows] == [2, 2, 1]
    assert notes.read() == [1, 2, 3, 4, 5]


def test_a_window_is_halved_until_the_poisoned_event_is_alone(windows, notes, deliver):
    ring(1, 2, 13, 4, 5)
    deliver(parks=1)
    assert notes.read() == [1, 2, 4, 5]
    assert ParkedEvent.objects.get().event.payload == {"number": 13}


def test_an_event_parked_in_bulk_is_tried_alone(windows, notes, deliver, monkeypatch):
    ring(13)
    deliver(parks=1)
    parked = ParkedEvent.objects.get()
    assert not replay_parked(parked=parked)
    assert notes.read() == []
    monkeypatch.setattr(notes, "read", list)
    assert replay_parked(parked=parked)
    assert windows[-1] == (1, ["test.bell_rang"])


def test_a_window_costs_a_few_statements(windows, deliver, django_assert_num_queries):
    ring(*range(14, 400))
    # Four make the bookmark and `deliver` asks two; the handler writes once and reads once.
    with django_assert_num_queries(15):
        deliver()
