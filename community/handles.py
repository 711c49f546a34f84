"""Handles made from names."""

import itertools
import re
import unicodedata
from collections.abc import Iterator

SHORTEST, LONGEST = 3, 30
# Names that would pass for the company's or the site's own voice.
RESERVED = frozenset(
    {
        "admin",
        "administrator",
        "moderation",
        "moderator",
        "official",
        "plenum",
        "root",
        "staff",
        "support",
        "system",
        "team",
    }
)
# What the handles of members who left begin with; see services.departing.
FORMER = "former_"
_SPELLED_OUT = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe",
        "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    }
)  # fmt: skip


def is_former(handle: str) -> bool:
    """Whether it is the handle of somebody who left."""
    return handle.startswith(FORMER)


def is_reserved(handle: str) -> bool:
    """Whether nobody may choose it."""
    return handle in RESERVED or is_former(handle)


def plain(name: str) -> str:
    """The letters a–z, digits and underscores of a name: `Jürgen Groß` gives `juergen_gross`."""
    spelled = unicodedata.normalize("NFC", name).lower().translate(_SPELLED_OUT)
    letters = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:LONGEST].rstrip("_")


def candidates(display_name: str, email: str) -> Iterator[str]:
    """Handles to try, best first, without end."""
    stems = [plain(display_name), plain(email.partition("@")[0]), "member"]
    stem = next(s for s in stems if len(s) >= SHORTEST and not is_reserved(s))
    yield stem
    for number in itertools.count(2):
        yield f"{stem[: LONGEST - len(str(number))]}{number}"
