"""Ready-made answers for visitors without a session.

A page that a visitor may see is the same for everybody of one language, carries no cookie and no
token, and may be a few seconds old (ANONYMOUS_PAGE_SECONDS). It is kept in this process under its
address and language, with an ETag over its content, and answered before sessions are looked at.
Pages opt in with `community.remembered`.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_http_date_safe

from config.middleware import visitor_language

Next = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, ...]

# About 30 MB a process at 60 KB a page.
MOST = 500
HEADERS = ("Content-Type", "Content-Language", "Last-Modified", "Vary")


@dataclass(frozen=True)
class Kept:
    content: bytes
    headers: dict[str, str]
    etag: str
    until: float


class Shelf:
    """The pages of one process, the longest unused thrown out first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Kept | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.until < time.monotonic():
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Kept) -> None:
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()


shelf = Shelf()


def remember_anonymous_pages(get_response: Next) -> Next:
    """Answer visitors from the shelf, and put on it what views marked as `remembered`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_anonymous(request):
            return get_response(request)
        key = _key(request)
        page = shelf.get(key)
        if page is None:
            response = get_response(request)
            if not getattr(response, "is_remembered", False) or response.status_code != 200:
                return response
            page = _keep(key, response)
        return _answer(request, page)

    return middleware


def _is_anonymous(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.ANONYMOUS_PAGE_SECONDS > 0
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and "messages" not in request.COOKIES
    )


def _key(request: HttpRequest) -> Key:
    return (
        request.get_host(),
        request.get_full_path(),
        visitor_language(request),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Target", ""),
    )


def _keep(key: Key, response: HttpResponse) -> Kept:
    patch_vary_headers(response, ["Accept-Language", "Cookie", "HX-Request"])
    kept = Kept(
        content=response.content,
        headers={name: response.headers[name] for name in HEADERS if name in response.headers},
        etag=f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"',
        until=time.monotonic() + settings.ANONYMOUS_PAGE_SECONDS,
    )
    shelf.put(key, kept)
    return kept


def _is_known(request: HttpRequest, page: Kept) -> bool:
    """Whether the visitor has this very page. An ETag, where one is sent, outweighs the date."""
    if tags := request.headers.get("If-None-Match"):
        return page.etag in tags
    since = request.headers.get("If-Modified-Since")
    changed = page.headers.get("Last-Modified")
    if not since or not changed:
        return False
    return (parse_http_date_safe(changed) or 0) <= (parse_http_date_safe(since) or -1)


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    if _is_known(request, page):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page.content)
        # CommonMiddleware, which does so for other pages, is not asked.
        response.headers["Content-Length"] = str(len(page.content))
    for name, value in page.headers.items():
        response.headers[name] = value
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = f"private, max-age={settings.ANONYMOUS_PAGE_SECONDS}"
    return response
