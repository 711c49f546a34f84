"""`make run`: prepare the site, then run web server, worker and beat until Ctrl-C.

This process holds the embedded PostgreSQL for the whole run; the others get its address.
"""

import fcntl
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

import django
import psutil
from honcho.manager import Manager
from honcho.printer import Printer

from config import postgres

HOST = "127.0.0.1"
# Marks the processes of a run, so that the next one finds what a killed launcher left behind.
MARK = "PLENUM_LAUNCHER"


def main() -> int:
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    home, port = postgres.home(), int(os.environ.get("PORT") or 8000)
    home.mkdir(parents=True, exist_ok=True)
    lock = _only_run(home)
    if lock is None:
        print(f"Plenum already runs with {home}. Stop it, or set PLENUM_HOME to another place.")
        return 1
    _end_leftovers(home)
    if not _is_free(port):
        print(f"Port {port} is taken. Choose another one: PORT=8001 make run")
        return 1
    _set_environment(home, port)
    _prepare()
    return _serve(port)


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)


def _only_run(home: Path) -> TextIO | None:
    """A lock that ends with this process and that its children do not inherit."""
    file = (home / "run.lock").open("w")
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return None
    return file


def _end_leftovers(home: Path) -> None:
    left = [process for process in psutil.process_iter() if _is_leftover(process, home)]
    for process in left:
        process.terminate()
    for process in psutil.wait_procs(left, timeout=5)[1]:
        process.kill()


def _is_leftover(process: psutil.Process, home: Path) -> bool:
    try:
        environment = process.environ()
    except (psutil.Error, OSError):
        return False
    return MARK in environment and environment.get("PLENUM_HOME") == str(home)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _set_environment(home: Path, port: int) -> None:
    os.environ["PLENUM_HOME"] = str(home)
    os.environ.setdefault("PLENUM_DEMO", "1")
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if postgres.is_embedded():
        print("Starting PostgreSQL", flush=True)
        postgres.ensure_running()
        os.environ["DATABASE_URL"] = postgres.database_url(postgres.database_settings())


def _prepare() -> None:
    # After the environment is set: importing these reads the settings.
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    django.setup()
    call_command("compilemessages", verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    _collect_static()
    if not get_user_model()._default_manager.exists():
        call_command("load_demo")
    # The processes to come must not inherit a connection.
    connections.close_all()


def _collect_static() -> None:
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    stamp, now = Path(settings.STATIC_ROOT) / "collected", _static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    print("Collecting static files", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def _static_fingerprint() -> str:
    """Changes with any static file, and with how they are packaged."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415

    files = [
        Path(storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list(ignore_patterns=[])
    ]
    seen = [(str(file), file.stat().st_mtime_ns) for file in files]
    packaging = (postgres.BASE_DIR / "config" / "static.py").read_text()
    return sha256(f"{sorted(seen)}{packaging}".encode()).hexdigest()


def _serve(port: int) -> int:
    manager = Manager(Announcer(port))
    environment = os.environ | {MARK: str(os.getpid()), "PYTHONUNBUFFERED": "1"}
    for name, command in _processes(port).items():
        manager.add_process(name, shlex.join([sys.executable, "-m", *command]), env=environment)
    manager.loop()
    stopped_by_hand = {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if manager.returncode in stopped_by_hand else manager.returncode or 1


def _processes(port: int) -> dict[str, list[str]]:
    granian = ["granian", "config.wsgi:application", "--interface", "wsgi", "--no-access-log"]
    celery = ["celery", "--app", "config.celery", "--quiet"]
    return {
        "web": [*granian, "--host", HOST, "--port", str(port), "--blocking-threads", "8"],
        "worker": [*celery, "worker", "--pool", "threads", "--concurrency", "2", "-l", "warning"],
        "beat": [*celery, "beat", "--pidfile=", "-l", "warning"],
    }


class Announcer(Printer):
    """Prints what the processes say, and once where the site is."""

    def __init__(self, port: int) -> None:
        super().__init__(sys.stdout)
        self.address = f"http://{HOST}:{port}/"
        self.watcher: threading.Thread | None = None

    def write(self, message: Any) -> None:
        super().write(message)
        if self.watcher is None:
            # Not before the first message: honcho forks, and a fork must not see a second thread.
            self.watcher = threading.Thread(target=self.announce, daemon=True)
            self.watcher.start()

    def announce(self) -> None:
        while not _answers(self.address + "healthz"):
            time.sleep(0.1)
        logins = subprocess.run(
            [sys.executable, "manage.py", "demo_logins"],
            cwd=postgres.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        print(f"\nPlenum is ready at {self.address}\n\n{logins}", flush=True)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
