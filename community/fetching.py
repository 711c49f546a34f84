"""Reading a page elsewhere without being led into our own network.

Only https on its usual port, only hosts all of whose addresses are public, the connection made to
the very address that was looked at, each redirect judged like a first address, and little time and
few bytes for all of it.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from typing import cast
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_BYTES = 500_000
MOST_REDIRECTS = 3
SECONDS = 5.0
SECONDS_IN_ALL = 12.0
PORT = 443
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK = 200
HEADERS = {
    "Accept": "text/html",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "Plenum (checks that a page links back to a profile)",
}

# The addresses of a host, and a connection to one of them on behalf of the host.
Resolve = Callable[[str], Sequence[str]]
Open = Callable[[str, str, float], http.client.HTTPConnection]


class Unreachable(Exception):
    """The page was not read, now or ever; the text says why."""


class Forbidden(Unreachable):
    """An address that we do not go to."""


def addresses_of(host: str) -> list[str]:
    """Every address that the name resolves to."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class _Pinned(http.client.HTTPSConnection):
    """Speaks with a host at an address that was judged before, so that a name which changes its
    mind in between leads nowhere else."""

    def __init__(self, host: str, address: str, timeout: float) -> None:
        super().__init__(host, PORT, timeout=timeout, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        raw = socket.create_connection((self._address, PORT), self.timeout)
        context = cast("ssl.SSLContext", self._context)  # type: ignore[attr-defined]
        self.sock = context.wrap_socket(raw, server_hostname=self.host)


def connection_to(host: str, address: str, timeout: float) -> http.client.HTTPConnection:
    """An HTTPS connection to the host at this address."""
    return _Pinned(host, address, timeout)


def read(url: str, *, resolve: Resolve = addresses_of, connect: Open = connection_to) -> str:
    """The HTML of a page. Raises Unreachable."""
    deadline = time.monotonic() + SECONDS_IN_ALL
    for _hop in range(MOST_REDIRECTS + 1):
        try:
            page, onward = _step(url, resolve, connect, deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        if not onward:
            return page
        url = urljoin(url, onward)
    raise Unreachable("It redirects too often.")


def _step(url: str, resolve: Resolve, connect: Open, deadline: float) -> tuple[str, str]:
    """The page, or where it went."""
    parts = judged(url)
    host = parts.hostname or ""
    address = _public(resolve(host))
    connection = connect(host, address, SECONDS)
    try:
        connection.request("GET", _path(parts), headers=HEADERS)
        answer = connection.getresponse()
        if answer.status in REDIRECTS:
            return "", answer.getheader("Location") or _no("It redirects to nowhere.")
        if answer.status != OK:
            raise Unreachable(f"It answers {answer.status}.")
        return _text(answer, deadline), ""
    finally:
        connection.close()


def judged(url: str) -> SplitResult:
    """The parts of an address that we may go to. Raises Forbidden."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Forbidden("It is no address.") from error
    if parts.scheme != "https" or not parts.hostname or port not in (None, PORT):
        raise Forbidden("Only https on its usual port is read.")
    if parts.username or parts.password:
        raise Forbidden("It holds a name or a password.")
    return parts


def _public(addresses: Sequence[str]) -> str:
    """The first of a host's addresses, if all are public: one private among them is a trap."""
    found = [ipaddress.ip_address(address.partition("%")[0]) for address in addresses]
    if not found or not all(map(_is_public, found)):
        raise Forbidden("The host is not on the public internet.")
    return str(found[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return _is_public(inner)
        if address in _TRANSLATED:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _text(answer: http.client.HTTPResponse, deadline: float) -> str:
    """As much as we read of it, in time."""
    kind = answer.headers.get_content_type()
    if kind not in ("text/html", "application/xhtml+xml"):
        raise Unreachable(f"It is {kind}, not a page.")
    content = bytearray()
    while len(content) < MOST_BYTES and (piece := answer.read1(16_384)):
        content += piece
        if time.monotonic() > deadline:
            raise Unreachable("It takes too long.")
    charset = answer.headers.get_content_charset() or "utf-8"
    try:
        return content[:MOST_BYTES].decode(charset, "replace")
    except LookupError:
        return content[:MOST_BYTES].decode("utf-8", "replace")


def _no(reason: str) -> str:
    raise Unreachable(reason)
