"""A PostgreSQL server and a PLENUM_HOME of their own, gone when the process ends.

`python -m tests.sandbox COMMAND` runs a command in one; the tests make theirs in tests/settings.py
unless they are already in one. Child processes inherit it by the environment; each worker of
pytest-xdist makes its own, because the log is delivered up to the oldest transaction of a server,
and every test is one.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

from config import postgres

MARK = "PLENUM_SANDBOX"
# The address of the sandbox's own server, to tell it from one that somebody chose.
SERVER = "PLENUM_SANDBOX_SERVER"
# Settings that belong to the developer's own site.
PRIVATE = ("SECRET_KEY", "SITE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "PLENUM_DEMO")


def enter() -> None:
    whose = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if os.environ.get(MARK) == whose:
        return
    if os.environ.get("DATABASE_URL") == os.environ.get(SERVER):
        os.environ.pop("DATABASE_URL", None)
    home = Path(tempfile.mkdtemp(prefix="plenum-"))
    home.chmod(0o755)
    # WhiteNoise warns of a missing folder, and warnings are errors.
    (home / "static").mkdir()
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in PRIVATE:
        os.environ.pop(name, None)
    os.environ |= {MARK: whose, "PLENUM_HOME": str(home)}
    if postgres.is_embedded():
        _start_server()


def _start_server() -> None:
    from config.embedded_postgresql import server  # noqa: PLC0415

    data = postgres.data_directory()
    server.start(data, server.THROWAWAY, "delete", postgres.DATABASE)
    url = postgres.database_url(postgres.database_settings())
    os.environ |= {"DATABASE_URL": url, SERVER: url}


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _leave)
    enter()
    try:
        sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
