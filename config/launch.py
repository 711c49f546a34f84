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
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

import psutil
from honcho import manager as honcho
from honcho.printer import Printer

from config import postgres

HOST = "127.0.0.1"
# Marks the processes of a run, so that the next one finds what a killed launcher left behind.
MARK = "PLENUM_LAUNCHER"
# Seconds that a process may take to end what it is doing.
PATIENCE = 20


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
    return _serve(port) if _prepare() else 1


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
    for process in psutil.wait_procs(left, timeout=PATIENCE)[1]:
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


def _prepare() -> bool:
    command = [sys.executable, "manage.py", "prepare"]
    if os.environ["PLENUM_DEMO"] != "0":
        command.append("--demo")
    return subprocess.run(command, cwd=postgres.BASE_DIR, check=False).returncode == 0


def _serve(port: int) -> int:
    honcho.KILL_WAIT = PATIENCE
    manager = honcho.Manager(Announcer(port))
    environment = os.environ | {MARK: str(os.getpid()), "PYTHONUNBUFFERED": "1"}
    # Celery warns of root, as if that were chosen: containers often have no other user.
    environment["PYTHONWARNINGS"] = "ignore:You're running the worker with superuser"
    for name, command in _processes(port).items():
        line = shlex.join([sys.executable, "-m", *command])
        manager.add_process(name, f"exec {line}", env=environment)
    manager.loop()
    stopped_by_hand = {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if manager.returncode in stopped_by_hand else manager.returncode or 1


def _processes(port: int) -> dict[str, list[str]]:
    granian = ["granian", "config.wsgi:application", "--interface", "wsgi", "--no-ws"]
    listen = ["--host", HOST, "--port", str(port), "--blocking-threads", "4"]
    celery = ["celery", "--app", "config.celery", "--quiet"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": [*granian, *listen, "--no-access-log", "--log-level", "warning"],
        "worker": [*celery, "worker", "-l", "warning", "--pool", "threads", "-c", "2", *alone],
        "beat": [*celery, "beat", "-l", "warning", "--pidfile="],
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
        print(f"\nPlenum is ready at {self.address}\n", flush=True)
        say_logins()


def say_logins() -> None:
    """Print whom one can sign in as.

    Out of reach of Ctrl-C, which ends the run and with it this thread: nobody reads it any more.
    """
    command = [sys.executable, "manage.py", "demo_logins"]
    said = subprocess.run(
        command,
        cwd=postgres.BASE_DIR,
        check=False,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    print(said.stdout + said.stderr, end="", flush=True)


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
