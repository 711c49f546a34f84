"""A page elsewhere, played by a server on this machine: what is read, and where we do not go."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from community import fetching
from community.fetching import Forbidden, Unreachable

PUBLIC = "93.184.216.34"
PAGE = b"<html><body><a rel='me' href='/'>me</a></body></html>"


class Elsewhere(BaseHTTPRequestHandler):
    answers: dict = {}
    seen: list = []

    def do_GET(self):
        self.seen.append((self.headers["Host"], self.path))
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, *args):
        """Quietly."""


@pytest.fixture
def elsewhere():
    """`serve(path, …)` adds an answer; `read(url)` reads with its names and its connections."""
    answers, seen = {}, []
    handler = type("Handler", (Elsewhere,), {"answers": answers, "seen": seen})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()

    class Site:
        names = {"mara.example.org": [PUBLIC], "inside.example.org": ["10.0.0.7"]}
        hosts = seen
        connected = []

        def serve(self, path="/", body=PAGE, status=200, **headers):
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            answers[path] = (status, {"Content-Type": "text/html", **headers}, body)

        def resolve(self, host):
            if host not in self.names:
                raise OSError("no such host")
            return self.names[host]

        def connect(self, host, address, timeout):
            self.connected.append((host, address))
            return http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=timeout)

        def read(self, url):
            return fetching.read(url, resolve=self.resolve, connect=self.connect)

    yield Site()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_is_read(elsewhere):
    elsewhere.serve("/about?x=1")
    elsewhere.connected.clear()
    assert "rel='me'" in elsewhere.read("https://mara.example.org/about?x=1")
    assert elsewhere.connected == [("mara.example.org", PUBLIC)]


def test_redirects_are_followed_while_they_lead_to_public_places(elsewhere):
    elsewhere.serve("/", status=301, Location="/new")
    elsewhere.serve("/new", body=b"here")
    assert elsewhere.read("https://mara.example.org/") == "here"


@pytest.mark.parametrize(
    "location",
    [
        "https://inside.example.org/", "http://mara.example.org/new", "https://127.0.0.1/",
        "file:///etc/passwd", "https://mara.example.org:8443/", "//inside.example.org/",
    ],
)  # fmt: skip
def test_redirects_to_private_places_are_not(elsewhere, location):
    elsewhere.names |= {"127.0.0.1": ["127.0.0.1"]}
    elsewhere.serve("/", status=302, Location=location)
    elsewhere.connected.clear()
    with pytest.raises(Forbidden):
        elsewhere.read("https://mara.example.org/")
    assert elsewhere.connected == [("mara.example.org", PUBLIC)]


def test_nobody_is_led_in_a_circle(elsewhere):
    elsewhere.serve("/", status=302, Location="/")
    with pytest.raises(Unreachable, match="too often"):
        elsewhere.read("https://mara.example.org/")


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"], ["10.1.2.3"], ["192.168.1.1"], ["172.16.0.9"], ["169.254.169.254"],
        ["100.64.0.1"], ["0.0.0.0"], ["224.0.0.1"], ["255.255.255.255"], ["::1"], ["fc00::1"],
        ["fe80::1%eth0"], ["::ffff:127.0.0.1"], ["::ffff:10.0.0.1"], ["2002:7f00:1::"],
        ["64:ff9b::7f00:1"], ["64:ff9b::a00:1"], [PUBLIC, "127.0.0.1"], [],
    ],
    ids=str,
)  # fmt: skip
def test_a_host_is_public_with_all_of_its_addresses(elsewhere, addresses):
    elsewhere.serve()
    elsewhere.connected.clear()
    elsewhere.names = {"mara.example.org": addresses}
    with pytest.raises(Forbidden):
        elsewhere.read("https://mara.example.org/")
    assert elsewhere.connected == []


@pytest.mark.parametrize(
    "url",
    [
        "http://mara.example.org/", "ftp://mara.example.org/", "https://",
        "https://a:b@mara.example.org/",
        "https://mara.example.org:22/", "https://mara.example.org:99999/", "https://[::1", "//x",
        "",
    ],
)  # fmt: skip
def test_other_addresses_are_not_gone_to(elsewhere, url):
    elsewhere.connected.clear()
    with pytest.raises(Forbidden):
        elsewhere.read(url)
    assert elsewhere.connected == []


@pytest.mark.parametrize(
    "answer",
    [{"status": 404}, {"status": 500}, {"Content_Type": "image/png"}, {"status": 301}],
    ids=str,
)
def test_what_is_no_page_is_not_read(elsewhere, answer):
    elsewhere.serve("/", **answer)
    with pytest.raises(Unreachable):
        elsewhere.read("https://mara.example.org/")


def test_a_host_without_an_address_is_unreachable(elsewhere):
    with pytest.raises(Unreachable):
        elsewhere.read("https://nowhere.example.org/")


def test_only_so_much_of_a_page_is_read(elsewhere):
    elsewhere.serve("/", body=b"x" * (fetching.MOST_BYTES + 100_000))
    assert len(elsewhere.read("https://mara.example.org/")) == fetching.MOST_BYTES


def test_a_page_that_trickles_is_given_up(elsewhere, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", -1.0)
    elsewhere.serve()
    with pytest.raises(Unreachable, match="too long"):
        elsewhere.read("https://mara.example.org/")


def test_an_unknown_charset_is_read_as_utf_8(elsewhere):
    elsewhere.serve("/", body="für".encode(), Content_Type="text/html; charset=klingon")
    assert elsewhere.read("https://mara.example.org/") == "für"


def test_the_real_connection_goes_to_the_address_that_was_judged():
    connection = fetching.connection_to("mara.example.org", "192.0.2.1", 0.01)
    assert isinstance(connection, http.client.HTTPSConnection)
    assert (connection.host, connection._address) == ("mara.example.org", "192.0.2.1")
    with pytest.raises(OSError, match=r"time|unreachable|refused|route"):
        connection.connect()
