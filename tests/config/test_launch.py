"""What a run does to its neighbours: one per home, and no left-overs of a killed one."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from config import launch

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from config import launch
lock = launch._only_run(Path(sys.argv[1]))
print("got it" if lock else "taken", flush=True)
sys.stdin.read()
"""
WAIT = [sys.executable, "-c", "import time; time.sleep(60)"]


def hold(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


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
    here = os.environ | {"PLENUM_HOME": str(tmp_path)}
    with (
        subprocess.Popen(WAIT, env=here | {launch.MARK: "1"}) as left,
        subprocess.Popen(WAIT, env=here) as by_hand,
        subprocess.Popen(WAIT, env=here | {launch.MARK: "1", "PLENUM_HOME": "/x"}) as elsewhere,
    ):
        launch._end_leftovers(tmp_path)
        assert left.wait(timeout=5) != 0
        assert by_hand.poll() is None
        assert elsewhere.poll() is None
        by_hand.kill()
        elsewhere.kill()


def test_a_taken_port_is_noticed() -> None:
    with socket.create_server((launch.HOST, 0)) as listener:
        assert not launch._is_free(listener.getsockname()[1])
