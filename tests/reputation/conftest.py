"""The ledger as its tests read it, and sites of any size."""

import pytest
from django.contrib.auth.models import Permission

from moderation.policies import MAY_LIFT, MAY_RESTRICT
from reputation import demands
from reputation.models import Day, Entry
from tests.factories.community import MemberFactory


@pytest.fixture
def _large_site(monkeypatch):
    """Full numbers, however few members a test has."""
    monkeypatch.setattr(demands, "SMALL_SITE", 0)


@pytest.fixture
def standing(deliver):
    """`standing(ada)`: what she has, once everything is delivered. Three sums agree."""

    def of(member):
        deliver()
        member.refresh_from_db()
        days = sum(Day.objects.filter(member=member).values_list("points", flat=True))
        assert member.standing == days
        return member.standing

    return of


def lines(member):
    """Her entries as they were written."""
    rows = Entry.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("kind", "cause", "points"))


@pytest.fixture
def moderator(db):
    moira = MemberFactory(handle="moira", is_staff=True)
    codes = [code.partition(".")[2] for code in (MAY_RESTRICT, MAY_LIFT)]
    moira.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return moira
