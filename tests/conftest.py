"""The ground all tests stand on, and the named cast."""

from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from rest_framework.test import APIClient

from activity import delivery
from activity.models import ParkedEvent, WakeUp
from community.models.privacy import private_files
from community.templatetags.once import pieces
from config.pages import shelf
from reputation.models import Rule, RuleBook
from tests.factories.community import MemberFactory, TeamFactory, TeamMembershipFactory
from tests.factories.forum import SpaceFactory, opened, replied
from tests.factories.ideas import BoardFactory, IdeaFactory
from tests.plans import large_site as large_site

ON_TRUNCATE = """
    SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname)
    FROM pg_trigger WHERE tgtype & 32 <> 0 AND NOT tgisinternal
"""

LEAVE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

# Emptied with all tables after a test with real transactions, and needed by the next one.
WRITTEN_BY_MIGRATIONS = (RuleBook, Rule)


def write_again(kept, **kwargs):
    """What migrations wrote, after all tables were emptied; Django calls that a migration."""
    for rows in kept:
        type(rows[0])._default_manager.bulk_create(rows, ignore_conflicts=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with real transactions end by emptying all tables, which the kept ones refuse."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(ON_TRUNCATE)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        kept = [list(model.objects.all()) for model in WRITTEN_BY_MIGRATIONS]
    written_again = partial(write_again, kept)
    post_migrate.connect(written_again)
    yield
    # A thread of a live server may still hold a connection; the database could not be dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(LEAVE)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    shelf.clear()
    pieces.clear()


@pytest.fixture
def committed(transactional_db):
    """Real transactions. Emptying all tables takes the one wake-up along that migrations made."""
    WakeUp.objects.get_or_create(pk=1)


@pytest.fixture
def private_place(monkeypatch, tmp_path, settings):
    """Files of this test alone, public and private."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setitem(vars(private_files()), "location", str(tmp_path / "private"))


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


@pytest.fixture
def author(db):
    return MemberFactory(handle="ada", display_name="Ada Brandt")


@pytest.fixture
def supporter(db):
    return MemberFactory(handle="sven", display_name="Sven Holm")


@pytest.fixture
def colleague(team):
    """Of the same team as Anouk."""
    ben = MemberFactory(handle="ben", display_name="Ben Arslan")
    TeamMembershipFactory(team=team, member=ben)
    return ben


@pytest.fixture
def other_team_member(db):
    """Answers for another board."""
    return TeamMembershipFactory(
        team=TeamFactory(name="Heating", slug="heating"), member__handle="olga"
    ).member


@pytest.fixture
def board(team):
    return BoardFactory(name="Charging", slug="charging", team=team)


@pytest.fixture
def idea(board, author):
    return IdeaFactory(board=board, author=author, title="Charge at night")


@pytest.fixture
def space(team):
    return SpaceFactory(name="Charging", slug="charging", team=team)


@pytest.fixture
def question(space, author):
    """Ada asks."""
    return opened(space, by=author)


@pytest.fixture
def answer(question, supporter):
    """Sven's reply to Ada's question, not accepted yet."""
    return replied(question, by=supporter)


@pytest.fixture
def signed_in():
    """`signed_in(tom)` is one in which Tom is signed in."""

    def browser(member):
        client = Client()
        client.force_login(member)
        return client

    return browser


@pytest.fixture
def deliver(db):
    """Hand over what the test recorded in its own transaction; returns how much that was.

    Nothing may be parked, unless `parks` says how much.
    """

    def now(parks=0):
        upto = connection.cursor().execute("SELECT pg_current_xact_id()::text::bigint + 1")
        handed = delivery.drain(upto=upto.fetchone()[0])
        errors = ParkedEvent.objects.waiting().values_list("error", flat=True)
        assert len(errors) == parks, "\n".join(errors)
        return handed

    return now
