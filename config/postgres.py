"""Which PostgreSQL this is: the server of `DATABASE_URL`, or an embedded one of our own.

The embedded server lives in `home() / "postgres"`, listens on a Unix socket alone, starts with the
first connection and stops when the last process that uses it ends. `make run` holds it for its
children and hands them its address as `DATABASE_URL`.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASE = "plenum"
SUPERUSER = "postgres"
# A socket's path may have 103 bytes on every system, "/.s.PGSQL.5432" included.
SAFE_PATH_BYTES = 89


def home() -> Path:
    """Where database, media and secret key live: `PLENUM_HOME`, else `.plenum` in the project."""
    return Path(os.environ.get("PLENUM_HOME") or BASE_DIR / ".plenum").expanduser().resolve()


def data_directory() -> Path:
    return home() / "postgres"


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def database_settings() -> dict[str, Any]:
    """`DATABASES["default"]`. Starts nothing: the first connection starts the embedded server."""
    shared = {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # They outlive a transaction, which a pooler between transactions would not survive.
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
    if not is_embedded():
        return shared | _parsed(os.environ["DATABASE_URL"])
    return shared | {
        "ENGINE": "config.embedded_postgresql",
        "NAME": DATABASE,
        "USER": SUPERUSER,
        "HOST": str(_socket_directory(data_directory())),
    }


def limited(settings: dict[str, Any], **limits: int) -> dict[str, Any]:
    """The same database with limits of PostgreSQL's own; times in milliseconds, 0 is none.

    They go along when a connection starts, because a pooler between transactions may give each
    transaction another server, and a SET would stay with the one that happened to get it.
    """
    options = settings.get("OPTIONS", {})
    said = [f"-c {name}={value}" for name, value in limits.items()]
    words = " ".join([options.get("options", ""), *said]).strip()
    return settings | {"OPTIONS": options | {"options": words}}


def database_url(settings: dict[str, Any]) -> str:
    """The address of a database in the form of libpq, as `DATABASE_URL` takes it."""
    where = {"host": settings["HOST"]} if str(settings["HOST"]).startswith("/") else {}
    login = quote(settings["USER"], safe="")
    if settings.get("PASSWORD"):
        login += f":{quote(settings['PASSWORD'], safe='')}"
    server = "" if where else settings["HOST"]
    if settings.get("PORT"):
        server += f":{settings['PORT']}"
    query = urlencode(where | settings.get("OPTIONS", {}), safe="/", quote_via=quote)
    return f"postgresql://{login}@{server}/{settings['NAME']}" + (f"?{query}" if query else "")


def broker_url(settings: dict[str, Any]) -> str:
    """The same database as Celery's broker, through SQLAlchemy."""
    return database_url(settings).replace("postgresql:", "sqla+postgresql+psycopg:", 1)


def ensure_running() -> None:
    """Start the embedded server unless it runs or `DATABASE_URL` names another."""
    if is_embedded():
        # Imported here, because sites with a server of their own need not have the embedded one.
        from config.embedded_postgresql import server  # noqa: PLC0415

        server.use(data_directory(), DATABASE)


def _parsed(url: str) -> dict[str, Any]:
    parts: dict[str, Any] = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", DATABASE),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }


def _socket_directory(data: Path) -> Path:
    try:
        running = (data / "postmaster.pid").read_text().splitlines()
        return Path(running[4])
    except (OSError, IndexError):
        if len(os.fsencode(data)) <= SAFE_PATH_BYTES:
            return data
    from config.embedded_postgresql import server  # noqa: PLC0415

    return server.short_socket_directory(data)
