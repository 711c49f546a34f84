"""{% once … %}: what is the same for everybody is made once and kept for a minute."""

import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

SECONDS = 60
# About 5 MB a process at 1 KB a piece.
MOST = 5_000


@dataclass
class Pieces:
    """The pieces of one process; who was put in first leaves first."""

    lock: Lock = field(default_factory=Lock)
    kept: OrderedDict[Hashable, tuple[float, SafeString]] = field(default_factory=OrderedDict)

    def get(self, key: Hashable) -> SafeString | None:
        until, piece = self.kept.get(key, (0.0, None))
        return piece if until > time.monotonic() else None

    def put(self, key: Hashable, piece: SafeString) -> None:
        with self.lock:
            self.kept[key] = (time.monotonic() + SECONDS, piece)
            if len(self.kept) > MOST:
                self.kept.popitem(last=False)

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()


pieces = Pieces()


class OnceNode(template.Node):
    """Its inside, kept under the values, the language and the time zone."""

    def __init__(self, place: Hashable, values: list[FilterExpression], inside: NodeList) -> None:
        self.place = place
        self.values = values
        self.nodelist = inside

    def render(self, context: Context) -> SafeString:
        values = [value.resolve(context, ignore_failures=True) for value in self.values]
        if values[0] is None:
            return self.nodelist.render(context)
        zone = timezone.get_current_timezone_name()
        key = (self.place, get_language(), zone, *values)
        piece = pieces.get(key)
        if piece is None:
            piece = mark_safe(self.nodelist.render(context))  # noqa: S308  # templates escape
            pieces.put(key, piece)
        return piece


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Keep the inside. The values name all that it depends on, beside language and time zone;
    where the first one is None, it is made anew."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not values:
        raise template.TemplateSyntaxError("What does this part depend on?")
    inside = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode((str(parser.origin), token.lineno), values, inside)
