"""Whether a page says that a profile here belongs to the same person: rel=me."""

from collections.abc import Collection
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


class _Me(HTMLParser):
    """Collects where a page's rel=me links lead."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = base
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        rels = (said.get("rel") or "").lower().split()
        if tag in ("a", "link") and "me" in rels and said.get("href"):
            try:
                self.found.add(same(urljoin(self.base, str(said["href"]))))
            except ValueError:  # an address that is none
                return


def same(url: str) -> str:
    """An address in the form in which two of them are compared."""
    parts = urlsplit(url.strip())
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}".lower()


def leads_to(html: str, *, at: str, any_of: Collection[str]) -> bool:
    """Whether the page at an address has a rel=me link to one of these."""
    parser = _Me(at)
    parser.feed(html)
    parser.close()
    return bool(parser.found & {same(url) for url in any_of})
