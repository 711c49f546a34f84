"""What happened is looked at in the admin, and parked events are handed over again."""

import pytest

from activity.models import EventRecord, ParkedEvent
from activity.services import record
from tests.activity.conftest import BellRang

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


@pytest.fixture
def office(signed_in, admin_member):
    return signed_in(admin_member)


@pytest.fixture
def parked(listen, deliver):
    """A fact its listener did not take until it found its luck."""
    luck = []

    def superstitious(batch):
        if not luck:
            raise ValueError("thirteen")

    listen(superstitious, BellRang)
    record(BellRang(number=13), actor=None)
    deliver(parks=1)
    event = ParkedEvent.objects.get()
    event.luck = luck
    return event


@pytest.mark.parametrize("model", ["eventrecord", "bookmark", "parkedevent"])
def test_the_log_can_be_read(office, parked, model):
    assert office.get(f"/admin/activity/{model}/").status_code == 200


@pytest.mark.parametrize(
    "deed", ["add/", "{pk}/delete/", "{pk}/change/"], ids=["add", "delete", "change"]
)
def test_the_log_cannot_be_written(office, parked, deed):
    pk = EventRecord.objects.get().pk
    answer = office.post(f"/admin/activity/eventrecord/{deed.format(pk=pk)}", {"kind": "forged"})
    assert answer.status_code == 403
    assert EventRecord.objects.get().kind == "test.bell_rang"


def test_the_office_is_for_staff(as_member):
    assert as_member.get("/admin/activity/eventrecord/").status_code == 302


@pytest.mark.parametrize(
    ("lucky", "words"), [(True, "1 event was taken."), (False, "1 event failed again.")]
)
def test_a_parked_event_is_handed_over_again(office, parked, lucky, words):
    parked.luck.extend([1] * lucky)
    chosen = {"action": "replay", "_selected_action": parked.pk}
    page = office.post("/admin/activity/parkedevent/", chosen, follow=True)
    assert words in page.content.decode()
    assert ParkedEvent.objects.waiting().exists() is not lucky
