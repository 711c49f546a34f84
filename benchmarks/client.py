"""The load: raw keep-alive connections in a process of its own.

It reads a job as JSON from stdin and prints what it measured as JSON. Answers other than the
expected one end it with an error: a fast error page is no result.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field
from itertools import count, cycle, islice
from subprocess import PIPE, run
from typing import Any

from config import postgres

HOST = "127.0.0.1"
CONNECTIONS = 16
WARM_TURNS, LEAST_TURNS = 8, 20


@dataclass(frozen=True)
class Request:
    """One request; `body` makes it a form that is posted."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None

    def encode(self, port: int) -> bytes:
        body = (self.body or "").encode()
        lines = [f"{'GET' if self.body is None else 'POST'} {self.path} HTTP/1.1"]
        lines += [f"Host: {HOST}:{port}", "Accept-Language: en"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True)
class Load:
    """What was measured: answers, seconds, and when asked for each answer's milliseconds."""

    answers: int
    seconds: float
    bytes: int
    milliseconds: list[float]

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


class WrongAnswer(Exception):
    pass


def rate(
    port: int, requests: list[Request], seconds: float, *, expected: int = 200, once: bool = False
) -> Load:
    """Keep 16 connections busy; each request is sent again and again, or once."""
    job = {
        "targets": [[port, [asdict(request) for request in requests]]],
        "seconds": seconds,
        "expected": expected,
        "once": once,
    }
    return _in_child(job)[0]


def in_turns(targets: list[tuple[int, list[Request]]], seconds: float) -> list[Load]:
    """One request at a time, at each of several servers by turns, so that drift meets all alike."""
    job = {
        "targets": [[port, [asdict(r) for r in requests]] for port, requests in targets],
        "seconds": seconds,
        "turns": True,
        "expected": 200,
    }
    return _in_child(job)


def _in_child(job: dict[str, Any]) -> list[Load]:
    done = run(
        [sys.executable, "-m", "benchmarks.client"],
        cwd=postgres.BASE_DIR,
        input=json.dumps(job),
        stdout=PIPE,
        text=True,
        check=True,
    )
    return [Load(**load) for load in json.loads(done.stdout)]


class Connection:
    """One keep-alive connection with at most one request under way."""

    def __init__(self, port: int, expected: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.expected = f"HTTP/1.1 {expected}".encode()
        self.answer = b""

    def close(self) -> None:
        self.socket.close()

    def send(self, request: bytes) -> None:
        self.answer = b""
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what is there; True when the answer is whole."""
        piece = self.socket.recv(262_144)
        self.answer += piece
        if not piece:
            raise WrongAnswer(f"The server hung up after {self.answer[:200]!r}")
        head, end, body = self.answer.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.startswith(self.expected):
            raise WrongAnswer(self.answer[:2000].decode(errors="replace"))
        return _is_whole(head.lower(), body)


def _is_whole(head: bytes, body: bytes) -> bool:
    if b"transfer-encoding: chunked" in head:
        return body.endswith(b"0\r\n\r\n")
    _before, found, after = head.partition(b"content-length:")
    length = int(after.partition(b"\r\n")[0]) if found else 0
    return len(body) >= length


def _saturate(
    port: int, requests: Iterator[bytes], *, seconds: float, expected: int
) -> dict[str, Any]:
    answers = size = 0
    with ExitStack() as stack:
        ready = stack.enter_context(selectors.DefaultSelector())
        for request in islice(requests, CONNECTIONS):
            connection = stack.enter_context(closing(Connection(port, expected)))
            ready.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(request)
        began = time.perf_counter()
        while ready.get_map() and time.perf_counter() < began + seconds:
            for key, _events in ready.select(1):
                if key.data.receive():
                    answers += 1
                    size += len(key.data.answer)
                    _go_on(ready, key, next(requests, None))
        elapsed = time.perf_counter() - began
    return {"answers": answers, "seconds": elapsed, "bytes": size, "milliseconds": []}


def _go_on(
    ready: selectors.BaseSelector, key: selectors.SelectorKey, request: bytes | None
) -> None:
    if request is None:
        ready.unregister(key.fileobj)
    else:
        key.data.send(request)


def _take_turns(
    targets: list[tuple[int, list[bytes]]], *, seconds: float, expected: int
) -> list[dict[str, Any]]:
    """For so long, and at least LEAST_TURNS after the ones that warm up."""
    took: list[list[float]] = [[] for _ in targets]
    sizes = [0 for _ in targets]
    with ExitStack() as stack:
        connections = [
            stack.enter_context(closing(Connection(port, expected))) for port, _requests in targets
        ]
        end = time.perf_counter() + seconds
        for turn in count():
            if turn > WARM_TURNS + LEAST_TURNS and time.perf_counter() > end:
                break
            # Whoever is first in one turn is last in the next.
            order = range(len(targets)) if turn % 2 else reversed(range(len(targets)))
            for which in order:
                request = targets[which][1][turn % len(targets[which][1])]
                took[which].append(_ask(connections[which], request))
                sizes[which] += len(connections[which].answer)
    return [
        {"answers": len(each), "seconds": sum(each) / 1000, "bytes": size,
         "milliseconds": each[WARM_TURNS:]}
        for each, size in zip(took, sizes, strict=True)
    ]  # fmt: skip


def _ask(connection: Connection, request: bytes) -> float:
    """The milliseconds until the whole answer is there."""
    began = time.perf_counter()
    connection.send(request)
    while not connection.receive():
        pass
    return (time.perf_counter() - began) * 1000


def _work(job: dict[str, Any]) -> list[dict[str, Any]]:
    targets = [
        (port, [Request(**request).encode(port) for request in requests])
        for port, requests in job["targets"]
    ]
    if job.get("turns"):
        return _take_turns(targets, seconds=job["seconds"], expected=job["expected"])
    [(port, encoded)] = targets
    requests = iter(encoded) if job["once"] else cycle(encoded)
    return [_saturate(port, requests, seconds=job["seconds"], expected=job["expected"])]


if __name__ == "__main__":
    json.dump(_work(json.load(sys.stdin)), sys.stdout)
