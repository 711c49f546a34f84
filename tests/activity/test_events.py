from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from activity.events import Event, UnknownKind, class_of
from tests.activity.conftest import BellRang

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_fact_is_its_plain_values():
    assert BellRang(number=3).payload() == {"number": 3}


def test_a_fact_read_back_says_who_and_when():
    read = BellRang.from_row({"number": 3}, event_id=7, actor_id=5, occurred_at=NOON)
    assert read == BellRang(number=3)
    assert (read.id, read.actor_id, read.when) == (7, 5, NOON)


def test_a_fresh_fact_has_no_when_yet():
    with pytest.raises(ValueError, match="not read from the log"):
        BellRang(number=3).when  # noqa: B018


def test_rows_written_by_older_and_newer_code_are_read():
    @dataclass(frozen=True, kw_only=True)
    class LampLit(Event):
        kind = "test.lamp_lit"
        number: int
        colour: str = "white"

    old = LampLit.from_row({"number": 1}, event_id=1, actor_id=None, occurred_at=NOON)
    newer = LampLit.from_row({"number": 1, "watts": 9}, event_id=1, actor_id=None, occurred_at=NOON)
    assert old == newer == LampLit(number=1, colour="white")


def test_a_kind_is_found_by_its_name():
    assert class_of("test.bell_rang") is BellRang


def test_a_kind_nobody_knows():
    with pytest.raises(UnknownKind):
        class_of("test.never_defined")


def test_two_classes_cannot_share_a_kind():
    with pytest.raises(TypeError, match="call themselves"):

        class Impostor(Event):
            kind = "test.bell_rang"
