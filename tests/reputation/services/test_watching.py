"""The detectors over the votes in the database, whole or only what is new."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from community.models import SignIn
from reputation import tasks
from reputation.detecting.votes import NOWHERE
from reputation.models import Case, Ground, Watch
from reputation.services import dismiss_case, watch
from reputation.services.watching import read_new, read_whole
from tests.factories.community import MemberFactory
from tests.factories.votes import background, ring, voted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def found():
    return [
        (case.detectors, set(case.votes.values_list("voter_id", flat=True)))
        for case in Case.objects.order_by("id")
    ]


def test_a_planted_ring_is_one_case_and_honest_votes_are_none():
    background()
    members = ring()
    run = watch(whole=True)
    assert (run.opened, run.ended_at is not None) == (1, True)
    [(detectors, voters)] = found()
    assert voters == {member.pk for member in members}
    assert "reciprocal" in detectors


def test_step_by_step_finds_what_the_whole_finds():
    """A run each day, over what is new, against one at the end over everything."""
    background()
    now = timezone.now()
    rings = [ring(begin=now - 20 * DAY), ring(first_idea=950_000, begin=now - 4 * DAY)]
    for days in range(24, -1, -1):
        watch(whole=False, upto=now - days * DAY)
    step_by_step = sorted((sorted(voters), votes(voters)) for _detectors, voters in found())
    assert [voters for voters, _votes in step_by_step] == [
        sorted(member.pk for member in members) for members in rings
    ]
    assert watch(whole=True, upto=now).opened == 0
    assert sorted((sorted(voters), votes(voters)) for _d, voters in found()) == step_by_step


def votes(voters):
    return Case.objects.filter(votes__voter__in=voters).distinct().get().vote_count


def test_a_run_that_was_killed_is_made_up_for():
    background()
    now = timezone.now()
    watch(whole=True, upto=now - 5 * DAY)
    ring(begin=now - 4 * DAY)
    Watch.objects.create(is_whole=False, rules=1, upto=now - 3 * DAY)  # and no end
    assert watch(whole=False, upto=now).opened == 1


def test_votes_that_do_not_hold_say_nothing():
    background()
    ring()
    Ground.objects.filter(thing_id__gte=900_000).update(given_stamp=2)
    assert watch(whole=True).opened == 0


def test_a_dismissed_ring_stays_dismissed(admin_member):
    background()
    ring()
    watch(whole=True)
    dismiss_case(case=Case.objects.get(), by=admin_member, reason="A workshop.")
    watch(whole=True)
    assert Case.objects.count() == 1


def test_what_is_read_of_a_vote():
    now = timezone.now().replace(microsecond=0)
    voter = MemberFactory(date_joined=now - 10 * DAY)
    author, other = MemberFactory.create_batch(2)
    for block, days in (("203.0.113.0/24", 8), ("198.51.100.0/24", 4)):
        SignIn.objects.create(
            member=voter, way="password", block=block, happened_at=now - days * DAY
        )
    SignIn.objects.create(
        member=other, way="password", block="203.0.113.0/24", happened_at=now - DAY
    )
    for days, idea in ((9, 1), (6, 2), (2, 3)):
        voted(voter, author, idea, now - days * DAY)
    voted(other, author, 1, now - 5 * DAY)
    voted(author, other, 4, now - 3 * DAY)
    read = read_whole(now)
    assert read.voter.tolist() == [voter.pk, voter.pk, other.pk, author.pk, voter.pk]
    assert read.idea.tolist() == [1, 2, 1, 4, 3]
    assert read.age.tolist()[:2] == [86_400, 4 * 86_400]
    first, second, others, unknown, last = read.block.tolist()
    assert first == second == others != last
    assert unknown == NOWHERE


def test_what_is_new_comes_with_what_it_is_measured_by():
    now = timezone.now()
    [one, other, third] = MemberFactory.create_batch(3)
    voted(one, other, 1, now - 30 * DAY)
    voted(third, other, 1, now - 29 * DAY)
    voted(one, other, 2, now)
    read = read_new(now - DAY, now)
    assert read.idea.tolist() == [1, 2]
    assert (read.total, read.voters) == (3, 2)
    assert (read.received.tolist(), read.crowd.tolist()) == ([3, 3], [2, 1])


def test_the_tasks_and_the_command(capsys):
    background()
    ring()
    tasks.watch_votes()
    tasks.watch_all_votes()
    call_command("reputation_detect", all=True)
    said = capsys.readouterr().out
    assert "0 cases opened, 0 grown" in said
    assert Watch.objects.count() == 3
    assert Case.objects.count() == 1
