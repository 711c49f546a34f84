"""Events and listeners of these tests alone."""

from dataclasses import dataclass

import pytest
from django.db import connection

from activity import registry
from activity.events import Event
from activity.models import Bookmark


@dataclass(frozen=True, kw_only=True)
class BellRang(Event):
    kind = "test.bell_rang"
    number: int


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Event):
    kind = "test.door_opened"
    number: int


@pytest.fixture
def listen():
    """`listen(handler, BellRang)` subscribes for this test; returns the subscriber's name."""
    names = []

    def to(handler, *classes, in_bulk=False):
        name = f"{handler.__module__}.{handler.__name__}"
        subscribe = registry.subscribe_in_bulk if in_bulk else registry.subscribe
        subscribe(*classes)(handler)
        names.append(name)
        return name

    yield to
    for name in names:
        del registry._SUBSCRIBERS[name]


@pytest.fixture
def alone(monkeypatch):
    """Nobody of the site listens."""
    monkeypatch.setattr(registry, "_SUBSCRIBERS", {})


class Notes:
    """A table in which listeners of tests write what they heard."""

    def write(self, events):
        with connection.cursor() as cursor:
            rows = [(event.number,) for event in events]
            cursor.executemany("INSERT INTO test_notes (number) VALUES (%s)", rows)

    def read(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM test_notes ORDER BY line")
            return [number for (number,) in cursor.fetchall()]


@pytest.fixture
def notes(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE test_notes (line bigint GENERATED ALWAYS AS IDENTITY, number int)"
        )
    yield Notes()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_notes")


def place_of(name):
    return Bookmark.objects.values_list("transaction_id", "event_id").get(pk=name)
