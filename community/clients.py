"""Who is calling, as coarsely as its owner can still tell a stranger by it."""

import ipaddress
import re

# In this order: most call themselves by the names of others, too.
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
# How much of an address is kept, by its version.
KEPT_BITS = {4: 24, 6: 48}


def block(address: str) -> str:
    """The block that an address lies in: 203.0.113.0/24, 2001:db8:1::/48; "" for none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    known = mapped or found
    return str(ipaddress.ip_network((known, KEPT_BITS[known.version]), strict=False))


def named(user_agent: str) -> str:
    """A browser and a system, without versions: "Firefox, Linux"; "" when nothing is known."""
    found = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(filter(None, found))


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    hits = (shown for word, shown in names if re.search(rf"\b{word}", user_agent))
    return next(hits, "")
