"""What changed between two texts, word by word, as safe HTML."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Comparing is quadratic; beyond this many pieces whole lines are compared.
MOST_PIECES = 4000


def _pieces(text: str) -> list[str]:
    words = re.findall(r"\s+|[^\s]+", text)
    return words if len(words) <= MOST_PIECES else text.splitlines(keepends=True)


def diff(before: str, after: str) -> SafeString:
    """`after`, with what went in <del> and what came in <ins>."""
    old, new = _pieces(before), _pieces(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    parts = (
        _part(tag, "".join(old[a:b]), "".join(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    )
    return format_html_join("", "{}", ((part,) for part in parts))


def _part(tag: str, gone: str, come: str) -> SafeString:
    if tag == "equal":
        return format_html("{}", come)
    left = format_html("<del>{}</del>", gone) if gone else SafeString()
    right = format_html("<ins>{}</ins>", come) if come else SafeString()
    return format_html("{}{}", left, right)
