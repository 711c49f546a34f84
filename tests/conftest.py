"""The ground all tests stand on, and the named cast."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from tests.factories.community import MemberFactory, TeamFactory, TeamMembershipFactory

ON_TRUNCATE = """
    SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname)
    FROM pg_trigger WHERE tgtype & 32 <> 0 AND NOT tgisinternal
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with real transactions end by emptying all tables, which the kept ones refuse."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(ON_TRUNCATE)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


@pytest.fixture
def visitor():
    """A browser of nobody."""
    return Client()


@pytest.fixture
def member(db):
    return MemberFactory(handle="mara", display_name="Mara Lindqvist")


@pytest.fixture
def stranger(db):
    return MemberFactory(handle="tom", display_name="Tom Okafor")


@pytest.fixture
def newcomer(db):
    """Has not confirmed the address."""
    return MemberFactory(handle="newcomer", email_verified_at=None, trust_level=0)


@pytest.fixture
def team(db):
    return TeamFactory(name="Charging", slug="charging")


@pytest.fixture
def team_member(team):
    anouk = MemberFactory(handle="anouk", display_name="Anouk de Vries")
    TeamMembershipFactory(team=team, member=anouk)
    return anouk


@pytest.fixture
def admin_member(db):
    return MemberFactory(handle="adrian", is_staff=True, is_superuser=True)


@pytest.fixture
def as_member(member):
    """A browser in which Mara is signed in."""
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def api():
    return APIClient()
