import pytest
from django.core.management import CommandError, call_command

from activity import delivery
from activity.models import Bookmark, EventRecord, ParkedEvent
from activity.services import record
from tests.activity.conftest import BellRang, place_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


@pytest.fixture
def bells(listen):
    return listen(hears, BellRang)


def hears(batch): ...


def said(capsys, *words):
    call_command(*words)
    return capsys.readouterr().out.strip()


def test_deliver_says_how_much_it_handed_over(capsys):
    assert said(capsys, "deliver") == "0 events handed over."


def test_replay_refuses_names_that_nobody_has(bells):
    delivery.drain()
    with pytest.raises(CommandError, match=f"Nobody called nobody listens. There are: {bells}"):
        call_command("replay", "nobody")


def test_replay_takes_parked_events(bells, deliver, capsys):
    record(BellRang(number=1), actor=None)
    deliver()
    ParkedEvent.objects.create(subscriber=bells, event=EventRecord.objects.get(), error="?")
    assert said(capsys, "replay", bells) == "1 taken, 0 failed again."


def test_replay_lets_a_subscriber_read_again(bells, deliver, capsys):
    record(BellRang(number=1), actor=None)
    deliver()
    first = EventRecord.objects.get()
    assert place_of(bells)[1] == first.pk
    assert said(capsys, "replay", bells, f"--from={first.pk}").startswith(f"{bells} reads again")
    assert Bookmark.objects.get().event_id == first.pk - 1
