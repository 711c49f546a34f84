"""A worker is killed (SIGKILL, a real process) before each single step that it takes.

docs/notifications.md promises: one digest, whenever the kill hits; each mail at least once, and
twice only when it hits between the mail server's yes and our mark.
"""

import multiprocessing
import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from community.models import Digest, Mail, Notification
from tests.concurrency import mail_worker
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def processes():
    """Each is forked from one that knows the site already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([mail_worker.__name__])
    return context


@pytest.fixture
def run(processes, committed, tmp_path):
    """`run(die_before=7)` lets a worker take seven steps; returns whether it was killed."""

    def worker(die_before=None):
        args = (connection.settings_dict["NAME"], tmp_path / "book", die_before)
        process = processes.Process(target=mail_worker.work, args=args)
        process.start()
        process.join(60)
        assert process.exitcode in (0, -signal.SIGKILL)
        return process.exitcode != 0

    return worker


@pytest.fixture
def book(tmp_path):
    """How often the mail server took each mail, since it was asked last."""

    def taken():
        page = tmp_path / "book"
        if not page.exists():
            return Counter()
        lines = page.read_text().split()
        page.unlink()
        return Counter(lines)

    return taken


def news(readers, listener):
    """Two digests that are due, and a mail that waits to go out at once."""
    Notification.objects.all().delete()
    Digest.objects.all().delete()
    for reader in readers:
        NotificationFactory(member=reader, wants_digest="daily")
    told = NotificationFactory(member=listener)
    Mail.objects.create(notification=told)
    return told


def let_claims_run_out():
    Mail.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))


def test_whenever_it_is_killed_nothing_is_lost_and_no_digest_is_made_twice(run, book):
    readers = MemberFactory.create_batch(2, digest_hour=0)
    listener = MemberFactory()
    twice, step, killed = 0, 0, True
    while killed:
        told = news(readers, listener)
        killed = run(die_before=step)
        let_claims_run_out()
        run()
        assert Counter(Digest.objects.values_list("member", flat=True)) == Counter(
            reader.pk for reader in readers
        ), step
        assert not Mail.objects.filter(sent_at=None).exists(), step
        wanted = {f"<digest-{digest.pk}@127.0.0.1>" for digest in Digest.objects.all()}
        taken = book()
        assert set(taken) == {*wanted, f"<notification-{told.pk}@127.0.0.1>"}, step
        assert taken.total() <= len(taken) + 1, step
        twice += taken.total() - len(taken)
        step += 1
    # Before and after the yes of each of the three; a step in between would have been two.
    assert twice == 3 * 2
    assert step > 30


def test_others_wait_for_the_claim_of_one_that_was_killed(run, book):
    listener = MemberFactory()
    step = 0
    # Until it is killed right after the mail server wrote the mail down.
    while not book():
        news([], listener)
        assert run(die_before=step)
        step += 1
    assert not run()
    assert book().total() == 0
    let_claims_run_out()
    for times in (1, 0):
        assert not run()
        assert book().total() == times
