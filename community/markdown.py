"""Markdown as members write it: to safe HTML, to plain text, and the members it mentions."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from community.text import clean, cut

MOST_CHARACTERS = 50_000
MOST_MENTIONS = 10
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
CLASSES = {"a": {"mention"}}
LINK_REL = "nofollow ugc noopener"
_MENTION_OR_ADDRESS = re.compile(
    r"(?<![\w@/.])@(?P<handle>[A-Za-z0-9_]{3,30})(?![\w@])|(?P<address>https?://[^\s<>\"`]+)"
)
_TRAILING = ".,;:!?'\")]}"


def render(text: str) -> str:
    """Safe HTML. Headings start at h3, pictures become links, raw HTML is shown as text."""
    html = _PARSER.render(clean(text)[:MOST_CHARACTERS])
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel=LINK_REL,
    )


def plain(text: str, length: int) -> str:
    """The words alone, for a snippet of at most `length` characters."""
    tokens = _PARSER.parse(clean(text)[: length * 8 + 200])
    words = " ".join("".join(_words(token)) for token in tokens)
    return cut(" ".join(words.split()), length)


def mentioned(text: str) -> list[str]:
    """The first handles mentioned outside code and links, lower-cased, each once."""
    tokens = _PARSER.parse(clean(text)[:MOST_CHARACTERS])
    handles = [
        str(child.meta["handle"])
        for token in tokens
        for child in token.children or ()
        if "handle" in child.meta
    ]
    return list(dict.fromkeys(handles))[:MOST_MENTIONS]


def links(text: str) -> int:
    """How many addresses on other sites a text leads to, each as often as it does."""
    tokens = _PARSER.parse(clean(text)[:MOST_CHARACTERS])
    children = (child for token in tokens for child in token.children or ())
    addresses = (_address_of(child) for child in children)
    return sum(1 for address in addresses if address and not _is_ours(address))


def _address_of(token: Token) -> str:
    """Where a link or a picture leads; mentions lead to a path."""
    name = {"link_open": "href", "image": "src"}.get(token.type)
    return str(token.attrs.get(name, "")) if name else ""


def _is_ours(address: str) -> bool:
    there = urlsplit(address)
    return there.scheme == "mailto" or there.netloc in ("", urlsplit(settings.SITE_URL).netloc)


def _words(token: Token) -> Iterator[str]:
    if token.type in ("fence", "code_block"):
        yield token.content
    for child in token.children or ():
        yield " " if child.type in ("softbreak", "hardbreak") else child.content


def _demote_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


def _link_mentions_and_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_linked(token.children or []))


def _linked(children: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type == "text" and depth == 0:
            yield from _split(child.content)
        else:
            yield child


def _split(content: str) -> Iterator[Token]:
    done = 0
    for match in _MENTION_OR_ADDRESS.finditer(content):
        shown = match[0] if match["handle"] else match[0].rstrip(_TRAILING)
        yield _text(content[done : match.start()])
        yield from _mention(shown) if match["handle"] else _address(shown)
        done = match.start() + len(shown)
    yield _text(content[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _mention(shown: str) -> Iterator[Token]:
    handle = shown[1:].lower()
    opening = Token("link_open", "a", 1, meta={"handle": handle})
    opening.attrs = {"href": reverse("community:profile", args=[handle]), "class": "mention"}
    yield from (opening, _text(shown), Token("link_close", "a", -1))


def _address(shown: str) -> Iterator[Token]:
    href = _PARSER.normalizeLink(shown)
    if not _PARSER.validateLink(href):
        yield _text(shown)
        return
    opening = Token("link_open", "a", 1, attrs={"href": href})
    yield from (opening, _text(shown), Token("link_close", "a", -1))


def _picture_as_link(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """A picture elsewhere would tell that server who reads here: link to it instead."""
    token = tokens[index]
    alt = renderer.renderInlineAsText(token.children, options, env) or _("Picture")
    link = [
        Token("link_open", "a", 1, attrs={"href": token.attrs["src"]}),
        _text(alt),
        Token("link_close", "a", -1),
    ]
    return renderer.renderInline(link, options, env)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    parser.enable(["strikethrough", "table"])
    parser.core.ruler.push("demote_headings", _demote_headings)
    parser.core.ruler.push("link_mentions", _link_mentions_and_addresses)
    parser.add_render_rule("image", _picture_as_link)
    return parser


_PARSER = _parser()
