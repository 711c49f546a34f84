"""`make bench SIZE=S|M|L`: measure Plenum's speed as ratios within one run."""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from benchmarks import integrity, measures, report, sites, traces
from benchmarks.generator.sizes import SIZES, VOTES, S, Size
from benchmarks.measures import Bench, Facts
from benchmarks.report import Row
from benchmarks.servers import serving
from config import postgres

SHELF_SECONDS = 5
VOTING_SITE = "bench_voting"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("size", nargs="?", choices=SIZES, default="S")
    parser.add_argument(
        "--home",
        type=Path,
        default=postgres.BASE_DIR / ".plenum-bench",
        help="where the generated sites are kept (default: %(default)s)",
    )
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, _leave)
    sites.enter(chosen.home.resolve())
    rows = run(SIZES[chosen.size])
    path = postgres.BASE_DIR / "build" / f"bench-{chosen.size}.json"
    report.write(path, chosen.size, rows)
    print(f"\n{report.table(rows)}\n\n{path.relative_to(postgres.BASE_DIR)} has it, too.")
    return 0


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)


def run(size: Size) -> list[Row]:
    """All measurements of one size."""
    small, large, _votes = (sites.site(each, tell) for each in (S, size, VOTES))
    for url in {small, large}:
        traces.clean(url)
    rows: list[Row] = []
    try:
        rows += _over_http(size, small, large)
    finally:
        for url in {small, large}:
            traces.clean(url)
    rows += _measured("voters at once", lambda: measures.crowd(_copy()))
    rows += _measured("many at once", lambda: measures.reviewing(_copy()))
    rows += _measured("votes voided", lambda: measures.voiding(_copy()))
    sites.drop(VOTING_SITE)
    rows += _measured("the log", lambda: measures.draining(large))
    rows += _measured("vote integrity", lambda: integrity.measure(size.supports))
    return rows


def _over_http(size: Size, small: str, large: str) -> list[Row]:
    with ExitStack() as stack:
        servers = (
            stack.enter_context(serving(small, shelf_seconds=0)),
            stack.enter_context(serving(large, shelf_seconds=0)),
            stack.enter_context(serving(large, shelf_seconds=SHELF_SECONDS)),
        )
        facts = {url: Facts.of(url) for url in {small, large}}
        bench = Bench(size.name, *servers, small_facts=facts[small], facts=facts[large])
        rows = _measured("growth with the site", lambda: measures.growth(bench))
        rows += _measured("statements", lambda: measures.statements(bench))
        before = bench.large.megabytes
        rows += _measured("ready-made pages", lambda: measures.ready_made(bench))
        rows += _measured("pages made on request", lambda: measures.made(bench))
        rows += _measured("votes", lambda: measures.voting(bench))
        rows += _measured("memory", lambda: measures.memory(bench, before))
    return rows


def _copy() -> str:
    """A site to vote on, as untouched as the one it is copied from."""
    return sites.recreate(VOTING_SITE, template=VOTES.database)


def _measured(what: str, rows: Callable[[], Iterator[Row]]) -> list[Row]:
    began = time.monotonic()
    found = []
    for row in rows():
        found.append(row)
        tell(f"  {report.line(row)}")
    tell(f"Measured {what} in {time.monotonic() - began:.0f} s")
    return found


def tell(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
