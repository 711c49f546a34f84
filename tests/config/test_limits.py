"""Nobody waits for ever: PostgreSQL ends what takes too long, and the site says so."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from config import postgres
from tests.factories.ideas import IdeaFactory

SHOW = """
{first}
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
                 "max_parallel_workers_per_gather"):
        cursor.execute(f"SHOW {{name}}")
        print(cursor.fetchone()[0])
"""


def limits_of(first, **environment):
    done = subprocess.run(
        [sys.executable, "-c", SHOW.format(first=first)],
        cwd=postgres.BASE_DIR,
        # Another test may have been a web process.
        env={name: value for name, value in os.environ.items() if name != "PLENUM_WEB"}
        | {"DATABASE_URL": test_database(), "DJANGO_SETTINGS_MODULE": "config.settings"}
        | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_database():
    return postgres.database_url(connection.settings_dict | {"OPTIONS": {}})


test_database.__test__ = False


@pytest.mark.django_db
class TestWhoIsLimited:
    def test_a_web_process(self):
        assert limits_of("import config.wsgi") == ["10s", "5s", "30s", "0"]

    def test_as_the_environment_says(self):
        told = {"STATEMENT_TIMEOUT_MS": "1500", "LOCK_TIMEOUT_MS": "0"}
        assert limits_of("import config.wsgi", **told) == ["1500ms", "0", "30s", "0"]

    def test_no_command_and_no_worker(self):
        assert limits_of("import config.celery") == ["0", "0", "0", "2"]


def test_limits_go_along_with_other_options():
    settings = {"OPTIONS": {"sslmode": "require", "options": "-c jit=off"}}
    limited = postgres.limited(settings, lock_timeout=5)["OPTIONS"]
    assert limited == {"sslmode": "require", "options": "-c jit=off -c lock_timeout=5"}


@pytest.fixture
def slow(transactional_db):
    """Whoever reads ideas waits, and PostgreSQL lets nobody wait long."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 200")
    with psycopg.connect(test_database()) as other:
        other.execute("LOCK TABLE ideas_idea IN ACCESS EXCLUSIVE MODE")
        yield other
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")


class TestWhatTakesTooLong:
    def test_is_a_page_that_says_so(self, client, slow):
        answer = client.get("/ideas/")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert "This is taking too long" in answer.content.decode()
        assert "Traceback" not in answer.content.decode()

    def test_is_a_problem_for_programs(self, client, slow):
        answer = client.get("/api/v1/ideas/")
        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "unavailable"

    def test_is_forgotten_when_it_is_over(self, client, slow):
        assert client.get("/ideas/").status_code == 503
        slow.rollback()
        idea = IdeaFactory()
        assert idea.title in client.get("/ideas/").content.decode()

    def test_even_before_a_page_is_reached(self, transactional_db, signed_in, stranger):
        """The member behind a session cannot be looked up."""
        browser = signed_in(stranger)
        browser.raise_request_exception = False
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 200")
        with psycopg.connect(test_database()) as other:
            other.execute("LOCK TABLE community_member IN ACCESS EXCLUSIVE MODE")
            answer = browser.get("/ideas/")
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
        assert answer.status_code == 503
