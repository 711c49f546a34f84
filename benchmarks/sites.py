"""Generated sites: databases of an embedded server of their own, kept for the next run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from benchmarks import generator
from benchmarks.generator.sizes import VERSION, Size
from config import postgres

# What would lead a measurement to somebody's real site.
PRIVATE = (
    "DATABASE_URL", "SECRET_KEY", "SECRET_KEY_FILE", "SITE_URL", "ALLOWED_HOSTS", "CACHE_URL",
    "CELERY_BROKER_URL", "EMAIL_URL", "DEBUG", "ANONYMOUS_PAGE_SECONDS",
)  # fmt: skip


def enter(home: Path) -> None:
    """Make `home` the only place that this process and its children know."""
    for name in PRIVATE:
        os.environ.pop(name, None)
    os.environ |= {
        "PLENUM_HOME": str(home),
        "PLENUM_DEMO": "0",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }
    postgres.ensure_running()
    manage(url("plenum"), "collectstatic", "--no-input", "--verbosity", "0")
    manage(url("plenum"), "compilemessages", "--verbosity", "0")


def url(database: str) -> str:
    """The address of a database of the bench's server."""
    return postgres.database_url(postgres.database_settings() | {"NAME": database})


def environment(database_url: str, **more: str) -> dict[str, str]:
    """For a child that is to work with one of the sites."""
    return os.environ | {"DATABASE_URL": database_url} | more


def manage(database_url: str, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=postgres.BASE_DIR, env=environment(database_url), check=True)


def ask(database_url: str, module: str, *arguments: str) -> str:
    """Run a module of the benchmarks inside a site; returns what it prints."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    done = subprocess.run(
        command,
        cwd=postgres.BASE_DIR,
        env=environment(database_url),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def site(size: Size, tell: Callable[[str], None]) -> str:
    """The address of a site of this size, generated unless an earlier run left it."""
    target = url(size.database)
    if _made_by(size.database) == VERSION:
        manage(target, "migrate", "--no-input", "--verbosity", "0")
        return target
    tell(f"Generating site {size.name}: {size.ideas:,} ideas, {size.supports:,} supports")
    began = time.monotonic()
    recreate(size.database)
    manage(target, "migrate", "--no-input", "--verbosity", "0")
    generator.fill(target, size, lambda step: tell(f"  {time.monotonic() - began:4.0f} s  {step}"))
    manage(target, "reputation_rank")
    _command(f"COMMENT ON DATABASE {size.database} IS 'generator {VERSION}'")
    tell(f"  {time.monotonic() - began:4.0f} s  done")
    return target


def recreate(database: str, template: str = "template1") -> str:
    """An empty database, or a copy of another one that nobody uses at the moment."""
    _command(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    _command(f"CREATE DATABASE {database} TEMPLATE {template}")
    return url(database)


def drop(database: str) -> None:
    _command(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def _made_by(database: str) -> int:
    question = """
        SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s
    """
    with psycopg.connect(url("plenum"), autocommit=True) as connection:
        row = connection.execute(question, [database]).fetchone()
    words = ((row and row[0]) or "").split()
    return int(words[1]) if words[:1] == ["generator"] else 0


def _command(statement: str) -> None:
    with psycopg.connect(url("plenum"), autocommit=True) as connection:
        connection.execute(statement)
