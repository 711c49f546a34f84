"""Web servers of the bench: Granian with one worker, started as `make run` starts it."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from benchmarks.client import HOST
from benchmarks.sites import environment
from config import postgres

STARTING_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server of one site."""

    port: int
    pid: int

    @property
    def megabytes(self) -> float:
        """Resident memory of the worker; where there is only one process, of that."""
        parent = psutil.Process(self.pid)
        workers = parent.children(recursive=True) or [parent]
        return float(max(worker.memory_info().rss for worker in workers)) / 2**20


@contextmanager
def serving(database_url: str, *, shelf_seconds: int) -> Iterator[Server]:
    """One web server for a site; `shelf_seconds` 0 leaves no page ready-made."""
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi",
        "--no-ws", "--no-access-log", "--log-level", "warning", "--host", HOST, "--port", str(port),
        "--blocking-threads", "4",
    ]  # fmt: skip
    more = {"ANONYMOUS_PAGE_SECONDS": str(shelf_seconds)}
    process = subprocess.Popen(
        command, cwd=postgres.BASE_DIR, env=environment(database_url, **more)
    )
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("The web server did not come up.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
