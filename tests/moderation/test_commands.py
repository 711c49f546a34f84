"""`moderation_verify` finds breaks and names them."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from moderation import services, tasks
from moderation.models import AuditEvent, AuditHead, Decision
from tests.sql import sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def verify(capsys):
    """What the command says; with a break, it exits with 1."""

    def run():
        ends = pytest.raises(SystemExit, match=r"^1$") if list(services.verify()) else nullcontext()
        with ends:
            call_command("moderation_verify")
        said = capsys.readouterr()
        return said.out + said.err

    return run


def past_the_guards(statement):
    """As somebody would who owns the database."""
    sql("SELECT 1")
    for table in ("auditevent", "decision"):
        sql(f"ALTER TABLE moderation_{table} DISABLE TRIGGER USER")
    sql(statement)
    for table in ("auditevent", "decision"):
        sql(f"ALTER TABLE moderation_{table} ENABLE TRIGGER USER")


@pytest.fixture
def chain(case, decide):
    decide(case)
    return AuditEvent.objects.order_by("pk")


def test_a_chain_that_holds(chain, verify):
    assert verify() == "The chain holds.\n"


def test_an_empty_chain_holds(db, verify):
    assert verify() == "The chain holds.\n"


def test_a_changed_link(chain, verify):
    past_the_guards("UPDATE moderation_auditevent SET actor_id = 1 WHERE kind = 'reported'")
    assert verify() == "link 1: it was changed\n"


def test_a_link_that_was_changed_and_sealed_anew(chain, verify):
    past_the_guards("UPDATE moderation_auditevent SET seal = 'x' WHERE id = 1")
    assert verify() == "link 1: it was changed\nlink 2: it does not seal the one before\n"


def test_a_link_that_is_missing(chain, verify):
    past_the_guards("DELETE FROM moderation_auditevent WHERE id = 1")
    said = verify()
    assert "link 2: links before it are missing" in said
    assert "link 2: it does not seal the one before" in said


def test_a_changed_decision(chain, verify):
    past_the_guards("UPDATE moderation_decision SET facts = 'It was nothing.'")
    assert verify() == f"decision {Decision.objects.get().pk}: it was changed\n"


def test_a_tail_that_was_cut_off_after_it_was_published(chain, verify):
    last = chain.last()
    AuditHead.objects.create(day="2026-11-01", event=last, seal="0" * 64)
    assert verify() == "day 2026-11-01: its published head is not in the chain\n"


def test_days_are_closed_once_they_are_over(chain, monkeypatch):
    assert services.close_days() == 0
    tomorrow = timezone.now() + timedelta(days=1, minutes=10)
    monkeypatch.setattr("moderation.services.auditing.timezone.now", lambda: tomorrow)
    assert services.close_days() == 1
    assert services.close_days() == 0
    head, last = AuditHead.objects.get(), chain.last()
    assert (head.event, head.seal) == (last, last.seal)


def test_every_night_somebody_looks(chain, caplog):
    tasks.watch_chain()
    assert not caplog.records
    past_the_guards("UPDATE moderation_auditevent SET actor_id = 1 WHERE kind = 'reported'")
    tasks.watch_chain()
    assert "broken at link 1: it was changed" in caplog.text


def test_what_hides_for_now_ends(chain):
    assert tasks.lapse() is None
