"""What is measured: ratios of things that ran by turns within this run."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any

from benchmarks import client, sites
from benchmarks.client import Request
from benchmarks.pages import CIRCLES, TOLD
from benchmarks.report import Row
from benchmarks.servers import Server

ROUNDS = 3
SECONDS = 2
# Votes in one round; they last longer than it does.
VOTES = 4_000
# Pages of what others did may grow a little more than the 1.25 of all others.
GROWS = dict.fromkeys((*CIRCLES, *TOLD), 1.5)
HELD_PAGES = {"list hot": "list page", "idea": "idea page"}


@dataclass(frozen=True)
class Facts:
    """What `benchmarks.pages` found out about a site."""

    cookies: list[dict[str, str]]
    reviewer: dict[str, str]
    regulars: list[dict[str, str]]
    pages: dict[str, list[str]]
    targets: list[int]
    statements: dict[str, int]

    @classmethod
    def of(cls, url: str) -> "Facts":
        return cls(**json.loads(sites.ask(url, "pages", str(VOTES * (ROUNDS + 1) // 16))))

    def requests(self, kind: str, *, signed_in: bool) -> list[Request]:
        """The requests of one kind of page, each voter in turn."""
        people = self.cookies if signed_in else [{}]
        if kind in CIRCLES:
            people = self.regulars
        if kind.startswith("review"):
            people = [self.reviewer]
        return [Request(url, headers) for url in self.pages[kind] for headers in people]


@dataclass(frozen=True)
class Bench:
    """Two sites and their servers: the small one that others are held against, and the one of
    the wanted size; `shelf` serves the latter from ready-made pages."""

    size: str
    small: Server
    large: Server
    shelf: Server
    small_facts: Facts
    facts: Facts


def growth(bench: Bench) -> Iterator[Row]:
    """The median time of a page, large site against small one, request by request by turns."""
    for kind in bench.facts.pages:
        targets = [
            (bench.small.port, bench.small_facts.requests(kind, signed_in=True)),
            (bench.large.port, bench.facts.requests(kind, signed_in=True)),
        ]
        loads = client.in_turns(targets, SECONDS)
        small, large = (median(load.milliseconds) for load in loads)
        detail = f"{large:.1f} ms against {small:.1f} ms"
        bound = GROWS.get(kind, 1.25)
        yield Row(f"{kind}: p50 at {bench.size} against S", large / small, bound, False, detail)


def statements(bench: Bench) -> Iterator[Row]:
    """The most SQL statements that a page takes, on either site."""
    bounds = {
        "list": 8, "idea": 12, "search": 8, "support": 8, "forum": 8, "topic": 12, "friends": 6,
        "suggestions": 12, "notifications": 6, "feed": 10,
        "leaderboard": 8, "profile": 12,
    }  # fmt: skip
    for group, bound in bounds.items():
        large, small = (
            max(count for kind, count in facts.statements.items() if kind.startswith(group))
            for facts in (bench.facts, bench.small_facts)
        )
        detail = f"signed in; {large} at {bench.size}, {small} at S"
        yield Row(f"SQL statements: {group}", max(large, small), bound, False, detail, "count")


Measure = Callable[[], client.Load]


def _by_turns(one: Measure, other: Measure) -> tuple[float, str]:
    """The median ratio of two rates, and both as text."""
    one(), other()  # warm
    pairs = [(one().rate, other().rate) for _ in range(ROUNDS)]
    ratio = median(a / b for a, b in pairs)
    first, second = (median(column) for column in zip(*pairs, strict=True))
    return ratio, f"{first:,.0f}/s against {second:,.0f}/s"


def _load(server: Server, requests: list[Request], expected: int = 200) -> Measure:
    return lambda: client.rate(server.port, requests, SECONDS, expected=expected)


def ready_made(bench: Bench) -> Iterator[Row]:
    """Pages for visitors off the shelf, whole and as "not modified", against a constant."""
    bare = _load(bench.shelf, [Request("/bare/page/")])
    for kind, name in HELD_PAGES.items():
        [request, *_] = bench.facts.requests(kind, signed_in=False)
        ratio, detail = _by_turns(_load(bench.shelf, [request]), bare)
        yield Row(f"anonymous {name}, warm, against the bare page", ratio, 0.6, True, detail)
    ratio, detail = _by_turns(lambda: _not_modified(bench.shelf, request), bare)
    yield Row("anonymous idea page, not modified, against the bare page", ratio, 0.6, True, detail)


def _not_modified(server: Server, request: Request) -> client.Load:
    """The load of somebody who has the page already."""
    with urllib.request.urlopen(f"http://{client.HOST}:{server.port}{request.path}") as answer:
        known = {"If-None-Match": answer.headers["ETag"]}
    return client.rate(server.port, [Request(request.path, known)], SECONDS, expected=304)


def made(bench: Bench) -> Iterator[Row]:
    """Pages that are made for each request, against a template with as many cards."""
    bare = _load(bench.large, [Request("/bare/cards/")])
    for signed_in, who in ((False, "anonymous, cold"), (True, "signed in")):
        page = bench.facts.requests("list hot", signed_in=signed_in)
        ratio, detail = _by_turns(_load(bench.large, page), bare)
        yield Row(f"list page, {who}, against 20 bare cards", ratio, 0.5, True, detail)


def voting(bench: Bench) -> Iterator[Row]:
    """Votes over HTTP against a bare row, both signed in and checked."""
    facts = bench.facts
    bare = [Request("/bare/write/", headers, "on=true") for headers in facts.cookies]
    votes = iter(
        [
            Request(f"/ideas/{pk}/support/", headers | {"HX-Request": "true"}, "on=true")
            for pk in facts.targets
            for headers in facts.cookies
        ]
    )

    def vote() -> client.Load:
        """Votes that nobody has given yet."""
        these = list(islice(votes, VOTES))
        return client.rate(bench.large.port, these, SECONDS, once=True)

    ratio, detail = _by_turns(vote, _load(bench.large, bare))
    yield Row("support over HTTP against one bare row", ratio, 0.5, True, detail)


def crowd(database_url: str) -> Iterator[Row]:
    rates: dict[str, Any] = json.loads(sites.ask(database_url, "voting"))
    pairs = zip(rates["one"], rates["many"], strict=True)
    ratio = median(one / many for one, many in pairs)
    one, many = median(rates["one"]), median(rates["many"])
    detail = f"{one:,.0f}/s against {many:,.0f}/s, every tally exact, {rates['swept']} swept"
    yield Row("64 voters on one idea against 10,000 ideas", ratio, 0.8, True, detail)


def draining(database_url: str) -> Iterator[Row]:
    took = json.loads(sites.ask(database_url, "draining"))
    detail = f"{took['drained']:.1f} s against {took['bare']:.1f} s"
    what = f"{took['events']:,} events into the ledger against INSERT … SELECT"
    yield Row(what, took["drained"] / took["bare"], 3, False, detail)
    detail = f"{took['verified']:.1f} s against {took['summed']:.1f} s"
    what = f"{took['entries']:,} entries verified against one sum over them"
    yield Row(what, took["verified"] / took["summed"], 8, False, detail)
    detail = f"{took['ranked']:.1f} s against {took['grouped']:.1f} s"
    what = f"{took['places']:,} places of {took['boards']:,} leaderboards against bare sums"
    yield Row(what, took["ranked"] / took["grouped"], 4, False, detail)


def reviewing(database_url: str) -> Iterator[Row]:
    """A thousand ideas at once, against the bare SQL for the same rows."""
    took = json.loads(sites.ask(database_url, "reviewing"))
    for deed in ("assign", "decide"):
        turns = zip(took[deed]["service"], took[deed]["bare"], strict=True)
        ratio = median(service / bare for service, bare in turns)
        service, bare = (1000 * median(took[deed][who]) for who in ("service", "bare"))
        what = f"bulk {deed} of {took['ideas']:,} ideas against its bare SQL"
        yield Row(what, ratio, 3, False, f"{service:.0f} ms against {bare:.0f} ms")


def voiding(database_url: str) -> Iterator[Row]:
    """Ten thousand votes at once, against the bare SQL for the same rows."""
    took = json.loads(sites.ask(database_url, "voiding"))
    turns = zip(took["void"]["service"], took["void"]["bare"], strict=True)
    ratio = median(service / bare for service, bare in turns)
    service, bare = (1000 * median(took["void"][who]) for who in ("service", "bare"))
    what = f"void {took['votes']:,} votes against its bare SQL"
    yield Row(what, ratio, 3, False, f"{service:.0f} ms against {bare:.0f} ms")


def memory(bench: Bench, before: float) -> Iterator[Row]:
    """One worker after all of it, and what more pages of every kind add."""
    requests = [
        request
        for kind in bench.facts.pages
        for request in bench.facts.requests(kind, signed_in=True)
    ]
    after = bench.large.megabytes
    answered = 0
    for _ in range(ROUNDS):
        answered += client.rate(bench.large.port, requests, 8).answers
    yield Row("memory of one web worker after the bench", after, 200, False,
              f"{before:.0f} MB after the first pages", "MB")  # fmt: skip
    grown = bench.large.megabytes - after
    yield Row("its growth from there", grown, 10, False, f"{answered:,} more pages", "MB")
