"""The embedded server starts by itself, serves several processes, and survives their deaths."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config import postgres

USER = """
import sys
from config import postgres
postgres.ensure_running()
print(postgres.database_url(postgres.database_settings()), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://plenum@/plenum?host=/run/postgresql",
        "postgresql://plenum:s%40crt%2F@db.example:6432/plenum",
        "postgresql://plenum@db.example/plenum?sslmode=verify-full",
    ],
)
def test_addresses_survive_the_way_through_the_settings(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert postgres.database_url(postgres.database_settings()) == url


def test_the_broker_is_the_same_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://plenum@db.example/plenum")
    broker = postgres.broker_url(postgres.database_settings())
    assert broker == "sqla+postgresql+psycopg://plenum@db.example/plenum"


def test_asking_for_the_settings_starts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("PLENUM_HOME", str(tmp_path))
    assert postgres.database_settings()["ENGINE"] == "config.embedded_postgresql"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def home(tmp_path: Path) -> Path:
    # The server runs as another user where the tests run as root.
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    return tmp_path / "home"


@contextmanager
def user(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that uses the server until its standard input ends."""
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "-c", USER],
        cwd=postgres.BASE_DIR,
        env=environment | {"PLENUM_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.communicate()


def answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_the_last_user_stops_the_server(home: Path) -> None:
    with user(home) as (_, url):
        with user(home) as (_, same):
            assert same == url
        assert answers(url)
    assert not answers(url)


def test_killed_user_and_killed_server_are_recovered_from(home: Path) -> None:
    with user(home) as (process, url):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
        process.kill()
    assert answers(url)
    os.kill(int((home / "postgres/postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    while answers(url):
        time.sleep(0.05)

    with user(home) as (_, url), psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)
    assert not answers(url)


def test_a_left_over_file_that_names_another_program_is_no_server(home: Path) -> None:
    with user(home):
        pass
    stale = [str(os.getpid()), str(home / "postgres"), "1", "5432", str(home / "postgres")]
    (home / "postgres/postmaster.pid").write_text("\n".join([*stale, "", "1 1", "ready", ""]))

    with user(home) as (_, url):
        assert answers(url)


def test_a_very_long_path_is_no_obstacle(home: Path) -> None:
    with user(home / ("x" * 120)) as (_, url):
        assert answers(url)
