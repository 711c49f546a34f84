"""A worker is killed (SIGKILL, a real process) before each statement of filling the ledger.

No point is lost and none given twice: the bookmark moves with what was written, or not at all.
"""

import multiprocessing
import signal

import pytest
from django.db import connection

from activity.models import ParkedEvent
from ideas.services.supporting import withdraw_support
from reputation.models import Entry
from reputation.services import verify
from tests.concurrency import ledger_worker
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory, supported

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def processes():
    """Each is forked from one that knows the site already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([ledger_worker.__name__])
    return context


@pytest.fixture
def run(processes, committed):
    """`run(7)` lets a worker send seven statements; returns whether it was killed."""

    def worker(die_before=None):
        args = (connection.settings_dict["NAME"], die_before)
        process = processes.Process(target=ledger_worker.work, args=args)
        process.start()
        process.join(60)
        assert process.exitcode in (0, -signal.SIGKILL)
        return process.exitcode != 0

    return worker


@pytest.fixture
def votes(committed):
    """Ten votes, two of them withdrawn: three windows of four, and eighty points."""
    idea = IdeaFactory(author=MemberFactory(handle="ada"))
    for fan in supported(idea, 10)[:2]:
        withdraw_support(idea=idea, member=fan)
    return idea


def test_killed_before_each_statement(run, votes):
    author, killed = votes.author, 0
    # Two statements make the bookmark; each killed worker gets a bit further than the last.
    while run(die_before=killed):
        killed += 1
        author.refresh_from_db()
        points = sum(Entry.objects.filter(member=author).values_list("points", flat=True))
        assert author.standing == points
    assert killed > 20
    author.refresh_from_db()
    assert (author.standing, Entry.objects.count()) == (80, 12)
    assert not ParkedEvent.objects.exists()
    assert verify(from_log=True, progress=lambda _count: None).found == {}
