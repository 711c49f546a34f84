"""What a run does to its neighbours: one per home, and no left-overs of a killed one."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

from config import launch

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from config import launch
lock = launch._only_run(Path(sys.argv[1]))
print("got it" if lock else "taken", flush=True)
sys.stdin.read()
"""
SAY_LOGINS = """
import threading
from config import launch
threading.Thread(target=launch.say_logins, daemon=True).start()
print("up", flush=True)
try:
    threading.Event().wait()
except KeyboardInterrupt:
    pass
"""
WAIT = "import sys; print('up', flush=True); sys.stdin.read()"


def python(code: str, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def hold(home: Path) -> "subprocess.Popen[str]":
    return python(HOLD_THE_LOCK, str(home))


def said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_one_run_per_home(tmp_path: Path) -> None:
    with hold(tmp_path) as first:
        assert said(first) == "got it"
        with hold(tmp_path) as second:
            assert said(second) == "taken"
            second.communicate()
        first.kill()
    with hold(tmp_path) as third:
        assert said(third) == "got it"
        third.communicate()


def test_processes_of_a_killed_run_are_ended_and_no_others(tmp_path: Path) -> None:
    here, elsewhere = str(tmp_path), str(tmp_path / "elsewhere")
    with (
        python(WAIT, PLENUM_HOME=here, PLENUM_LAUNCHER="1") as left,
        python(WAIT, PLENUM_HOME=here) as by_hand,
        python(WAIT, PLENUM_HOME=elsewhere, PLENUM_LAUNCHER="1") as of_another_run,
    ):
        processes = (left, by_hand, of_another_run)
        assert [said(process) for process in processes] == ["up", "up", "up"]
        launch._end_leftovers(tmp_path)
        assert not psutil.pid_exists(left.pid)
        assert (by_hand.poll(), of_another_run.poll()) == (None, None)


def test_stopping_while_the_logins_are_looked_up_is_quiet() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SAY_LOGINS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert said(run) == "up"
    # While the command is still being loaded.
    time.sleep(0.2)
    os.killpg(run.pid, signal.SIGINT)
    assert run.communicate(timeout=20) == ("", "")


def test_a_taken_port_is_noticed() -> None:
    with socket.create_server((launch.HOST, 0)) as listener:
        assert not launch._is_free(listener.getsockname()[1])
