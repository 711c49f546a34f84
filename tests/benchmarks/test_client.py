"""The load generator: it counts whole answers, and stops at wrong ones."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.client import Connection, Request, WrongAnswer, _saturate, _take_turns


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(404 if self.path == "/missing/" else 200, b"x" * 50_000)

    def do_POST(self):
        self.answer(200, self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def port():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_counts_whole_answers(port):
    requests = iter([Request("/").encode(port)] * 40)
    load = _saturate(port, requests, seconds=5, expected=200)
    assert load["answers"] == 40
    assert load["bytes"] > 40 * 50_000


def test_it_takes_turns(port):
    target = (port, [Request("/").encode(port)])
    loads = _take_turns([target, target], seconds=0, expected=200)
    assert [len(load["milliseconds"]) for load in loads] == [21, 21]


def test_it_posts_forms(port):
    load = _saturate(
        port, iter([Request("/", body="on=true").encode(port)]), seconds=5, expected=200
    )
    assert load["answers"] == 1


def test_a_wrong_answer_is_no_result(port):
    with pytest.raises(WrongAnswer):
        _saturate(port, iter([Request("/missing/").encode(port)]), seconds=5, expected=200)


def test_a_connection_sees_when_an_answer_is_whole(port):
    connection = Connection(port, 200)
    connection.send(Request("/").encode(port))
    while not connection.receive():
        pass
    assert connection.answer.endswith(b"x" * 50_000)
    connection.socket.close()
