"""Whom a reminder of a promise reaches."""

import pytest
from django.contrib.auth.models import Group

from community.models import Notification, TeamMembership
from config import roles
from ideas.models import Promise, Review
from ideas.services import promising
from ideas.services.reminding import recipients
from ideas.services.steps import decide
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(idea):
    supported(idea, 1)
    return promising.start_answer(idea=idea, moment=idea.supports.get().counted_at)


@pytest.fixture
def lead(team):
    lead = MemberFactory(handle="lea")
    TeamMembership.objects.create(team=team, member=lead, is_lead=True)
    return lead


@pytest.fixture
def assigned(promise, colleague):
    Review.objects.create(idea=promise.idea, assignee=colleague)
    return Promise.objects.select_related("owed_on__review").get()


@pytest.fixture
def manager(db):
    roles.set_up()
    noor = MemberFactory(handle="noor", is_staff=True)
    noor.groups.add(Group.objects.get(name=roles.COMMUNITY_MANAGERS))
    return noor


def test_half_of_the_time_the_assignee(assigned, team_member, lead, colleague):
    assert recipients(assigned, 50) == {colleague.pk}


def test_else_the_leads(promise, team_member, lead):
    assert recipients(promise, 50) == recipients(promise, 90) == {lead.pk}


def test_else_all_of_the_team(promise, team_member, colleague):
    everybody = {team_member.pk, colleague.pk}
    assert recipients(promise, 50) == recipients(promise, 90) == everybody


def test_nine_tenths_leads_and_assignee(assigned, team_member, lead, colleague):
    assert recipients(assigned, 90) == {lead.pk, colleague.pk}


def test_all_of_it_managers_and_leads(assigned, lead, manager, admin_member):
    assert recipients(assigned, 100) == {lead.pk, manager.pk}


def test_without_managers_the_superusers(promise, admin_member):
    assert recipients(promise, 100) == {admin_member.pk}


@pytest.mark.parametrize(
    ("moment", "kinds"),
    [
        ("half_at", {"lea": "ideas.promise_half"}),
        ("near_at", {"lea": "ideas.promise_near"}),
        ("due_at", {"lea": "ideas.promise_overdue", "noor": "ideas.promise_overdue"}),
    ],
)
def test_they_are_told_and_nobody_else(promise, lead, manager, deliver, moment, kinds):
    deliver()
    promising.escalate(now=getattr(promise, moment))
    deliver()
    newest = dict(Notification.objects.order_by("id").values_list("member__handle", "kind"))
    assert newest == kinds


def test_nobody_is_reminded_of_what_was_answered_meanwhile(promise, lead, team_member, deliver):
    promising.escalate(now=promise.due_at)
    decide(idea=promise.idea, to="declined", by=team_member, grounds=GROUNDS)
    deliver()
    assert not Notification.objects.filter(kind__startswith="ideas.promise").exists()


def test_author_and_supporters_hear_of_a_withdrawal(promise, lead, deliver):
    supporter = promise.idea.supports.get().member
    promising.withdraw(promise=promise, by=lead, reason="The law changed.")
    deliver()
    notes = Notification.objects.filter(kind="ideas.promise_withdrawn")
    assert {note.member_id for note in notes} == {promise.idea.author_id, supporter.pk}
    assert {note.excerpt for note in notes} == {"The law changed."}
