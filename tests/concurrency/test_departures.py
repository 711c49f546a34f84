"""Leaving while everything else goes on: exact tallies, no half states, nothing left behind."""

from functools import partial

import pytest
from django.utils import timezone

from community.errors import Refused
from community.models import Departure, Export, Member
from community.models.privacy import private_files
from community.services import departing, exporting
from ideas.models import Idea, Support
from ideas.services import discussing, tallies
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory
from tests.threads import at_once, failures

pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed", "private_place"),
]  # fmt: skip


def over(member, content):
    departing.close_account(member=member, content=content)
    Departure.objects.update(due_at=timezone.now())


def test_deleting_against_voting(board, author, committed):
    """On the ideas of who leaves, and on those they voted for."""
    theirs = IdeaFactory.create_batch(4, board=board, author=author)
    others = IdeaFactory.create_batch(4, board=board)
    voters = MemberFactory.create_batch(8)
    for idea in others:
        give_support(idea=idea, member=author)
    for idea in theirs:
        give_support(idea=idea, member=voters[0])
    over(author, "remove")
    deeds = [
        partial(deed, idea=idea, member=voter)
        for voter in voters[1:]
        for deed, idea in ((give_support, others[0]), (withdraw_support, others[0]),
                           (give_support, others[0]), (give_support, others[1]))
    ]  # fmt: skip
    deeds += [partial(discussing.comment, idea=theirs[0], by=v, body="Oh.") for v in voters]
    results = at_once(departing.erase_due, departing.erase_due, *deeds)
    assert failures(results) == []
    tallies.sweep()
    assert tallies.drifts() == []
    assert not Support.objects.active().filter(member=author).exists()
    assert Idea.objects.filter(author=author, removed_at=None).count() == 0
    assert Departure.objects.get().done_at is not None


def test_exporting_against_leaving(member):
    """Whichever comes first: nothing of the copy is left, and no worker breaks."""
    for _round in range(4):
        exporting.ask_for_export(member=member)
        leaving = partial(departing.close_account, member=member, content="keep")
        assert failures(at_once(exporting.make_waiting, leaving)) == []
        assert not Export.objects.exists()
        storage = private_files()
        assert not storage.exists("exports") or storage.listdir("exports")[1] == []
        member = departing.take_back(member=member)


def test_two_workers_make_one_copy(member):
    exporting.ask_for_export(member=member)
    assert sorted(at_once(*[exporting.make_waiting] * 4)) == [0, 0, 0, 1]
    assert len(private_files().listdir("exports")[1]) == 1


def test_asking_in_two_tabs_is_asking_once(member):
    results = at_once(*[partial(exporting.ask_for_export, member=member)] * 6)
    refused = failures(results)
    assert len(refused) == 5
    assert {error.code for error in refused if isinstance(error, Refused)} == {"export_under_way"}
    assert Export.objects.count() == 1


def test_coming_back_against_the_worker(member):
    """Either all of it is back, or all of it is gone."""
    over(member, "keep")
    came_back, _erased = at_once(partial(departing.take_back, member=member), departing.erase_due)
    now = Member.objects.get(pk=member.pk)
    if isinstance(came_back, Refused):
        assert (now.is_active, now.has_left) == (False, True)
        assert now.email.endswith(departing.NOWHERE)
    else:
        assert (now.is_active, now.handle, now.email) == (True, "mara", "mara@example.org")
        assert not Departure.objects.exists()
