"""The picture of a member who has not chosen one."""

import hashlib

from django.utils.html import escape

from community import text

# Calm grounds, each dark enough for white letters (contrast 4.5 and more).
GROUNDS = (
    "#0b5d4e", "#355f8a", "#6a4a7c", "#8a4b2f", "#4c6b2f", "#8a3b52", "#2f6673", "#5a5346",
)  # fmt: skip
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64" role="img" '
    'aria-label="{name}"><rect width="64" height="64" fill="{ground}"/>'
    '<text x="32" y="33" fill="#fff" font-family="system-ui, sans-serif" font-size="26" '
    'font-weight="600" text-anchor="middle" dominant-baseline="central">{initials}</text></svg>'
)


def initials(name: str) -> str:
    """The first letters of the first and the last word that have one."""
    firsts = [word[0] for word in name.split() if text.is_visible(word[0])]
    return "".join([*firsts[:1], *firsts[1:][-1:]]).upper() or "?"


def drawn(handle: str, display_name: str) -> str:
    """An SVG with initials; the same member always gets the same colour."""
    number = hashlib.blake2b(handle.encode(), digest_size=2).digest()
    ground = GROUNDS[int.from_bytes(number) % len(GROUNDS)]
    return _SVG.format(
        name=escape(display_name), ground=ground, initials=escape(initials(display_name))
    )
