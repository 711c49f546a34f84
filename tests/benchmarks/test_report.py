"""The table says which bounds hold."""

import json

from benchmarks.report import Row, table, write

FAST = Row("fast", 1.1, 1.25, False, "11 ms against 10 ms")
SLOW = Row("slow", 0.4, 0.5, True, "4/s against 10/s")
FULL = Row("full", 203, 200, False, "", "MB")


def test_bounds_have_a_side():
    assert FAST.held
    assert not SLOW.held
    assert not FULL.held


def test_the_table_names_what_falls_short():
    lines = table([FAST, SLOW, FULL]).splitlines()
    assert lines[2] == "| fast | 1.10 | ≤ 1.25 | held | 11 ms against 10 ms |"
    assert lines[3] == "| slow | 0.40 | ≥ 0.50 | **short** | 4/s against 10/s |"
    assert "203 MB | ≤ 200 MB | **short**" in lines[4]


def test_the_file_has_it_all(tmp_path):
    write(tmp_path / "build" / "bench-S.json", "S", [FAST, SLOW])
    written = json.loads((tmp_path / "build" / "bench-S.json").read_text())
    assert [row["held"] for row in written["rows"]] == [True, False]
