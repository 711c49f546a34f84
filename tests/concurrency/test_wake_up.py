"""One wake-up for many facts, through a real Celery app; and a broker that is down."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu import pools
from kombu.simple import SimpleQueue

from activity import services
from activity.models import EventRecord, WakeUp
from activity.tasks import deliver
from community.models import Mail, Notification
from ideas.models import Support
from ideas.services.steps import decide
from ideas.services.supporting import give_support
from tests.activity.conftest import BellRang
from tests.factories.ideas import GROUNDS
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]

# Nobody listens on port 1.
DOWN = ["amqp://guest@127.0.0.1:1//", "sqla+postgresql+psycopg://postgres@127.0.0.1:1/none"]


def _forget_connections():
    pools.reset()
    current_app._pool = None
    current_app.amqp._producer_pool = None


@contextmanager
def broker(url):
    """The site's Celery app with another broker."""
    usual = current_app.conf.broker_url
    _forget_connections()
    current_app.conf.broker_url = url
    try:
        yield
    finally:
        _forget_connections()
        current_app.conf.broker_url = usual


@pytest.fixture
def broker_is_up():
    with broker("memory://"):
        current_app.control.purge()
        yield
        current_app.control.purge()


def messages():
    """The tasks that workers are asked for, taken from the broker."""
    with current_app.connection_for_read() as link:
        queue = SimpleQueue(link, current_app.conf.task_default_queue)
        try:
            return [queue.get_nowait().headers["task"] for _ in range(queue.qsize())]
        finally:
            queue.close()


@pytest.fixture
def tasks():
    """What workers can do, by name; found as they find it when they start."""
    current_app.loader.import_default_modules()
    return current_app.tasks


def ring(number=1):
    with transaction.atomic():
        services.record(BellRang(number=number), actor=None)


DELIVER = "activity.tasks.deliver"


def test_a_fact_asks_for_delivery_when_it_is_committed(broker_is_up):
    with transaction.atomic():
        services.record(BellRang(number=1), actor=None)
        assert messages() == []
    assert messages() == [DELIVER]


def test_many_facts_are_one_message(broker_is_up):
    for number in range(50):
        ring(number)
    assert messages() == [DELIVER]


def test_facts_from_many_threads_are_one_message(broker_is_up):
    assert not failures(at_once(*[ring] * 8))
    assert messages() == [DELIVER]


def test_a_deed_that_is_rolled_back_asks_nobody(broker_is_up):
    with transaction.atomic():
        services.record(BellRang(number=1), actor=None)
        transaction.set_rollback(True)
    assert messages() == []


def test_the_next_fact_asks_again_once_a_worker_came(broker_is_up):
    ring(1)
    deliver()
    ring(2)
    assert messages() == [DELIVER, DELIVER]


def test_a_worker_answers_before_it_reads(broker_is_up, listen):
    """What is recorded while it reads may be missed by this round, so it must ask again."""
    asked = []

    def looks(batch):
        asked.append(WakeUp.objects.get().asked_at)

    listen(looks, BellRang)
    ring()
    deliver()
    assert asked == [None]


def test_a_wake_up_that_nobody_answered_is_taken_for_lost(broker_is_up):
    ring(1)
    messages()  # the broker loses it
    WakeUp.objects.update(asked_at=timezone.now() - timedelta(seconds=16))
    ring(2)
    assert messages() == [DELIVER]


@pytest.mark.parametrize("url", DOWN, ids=["amqp", "database"])
def test_a_broker_that_is_down_is_no_error(url, caplog):
    with broker(url):
        ring()
    assert EventRecord.objects.exists()
    assert WakeUp.objects.get().asked_at is None
    assert "did not take a wake-up" in caplog.text


@pytest.mark.parametrize("url", DOWN, ids=["amqp", "database"])
def test_a_vote_counts_while_the_broker_is_down(url, idea, supporter, signed_in):
    with broker(url):
        answer = signed_in(supporter).post(f"/ideas/{idea.pk}/support/", {"on": "true"})
    assert answer.status_code == 302
    assert Support.objects.counted().get().member == supporter
    idea.tally.refresh_from_db()
    assert idea.tally.supports == 1


def test_the_notification_goes_out_when_the_broker_is_back(
    idea, supporter, author, team_member, mailoutbox, tasks
):
    give_support(idea=idea, member=supporter)
    with broker(DOWN[0]):
        decide(idea=idea, to="declined", by=team_member, grounds=GROUNDS)
    assert not Notification.objects.exists()
    with broker("memory://"):
        # What beat sends every ten seconds, and what a worker then does with it.
        current_app.send_task(DELIVER)
        for name in messages():
            tasks[name]()
        told = set(Notification.objects.values_list("member_id", flat=True))
        assert told == {author.pk, supporter.pk}
        for name in messages():
            tasks[name]()
    assert sorted(mail.to[0] for mail in mailoutbox) == [author.email, supporter.email]
    assert not Mail.objects.waiting().exists()


def test_the_sweep_is_on_the_clock(settings, tasks):
    sweeps = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {DELIVER, "community.tasks.send_mails", "ideas.tasks.sweep_tallies"} <= sweeps
    assert sweeps <= set(tasks)


def test_the_default_broker_is_the_database_itself():
    """One command starts everything: the wake-up of a fact lies in a table."""
    with broker(current_app.conf.broker_url):
        current_app.control.purge()
        WakeUp.objects.update(asked_at=None)
        ring()
        assert messages() == [DELIVER]
