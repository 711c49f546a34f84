"""What people type, made fit to keep."""

import re
import unicodedata

# Control characters but tab and line feed, lone surrogates, and the embeddings and overrides of
# direction that let a text disguise itself (the newer isolates are harmless and stay).
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")


def clean(text: str) -> str:
    """Normalised (NFC), with plain line ends, without what no database or page can take."""
    text = _UNFIT.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """Clean, and on one line."""
    return " ".join(clean(text).split())


def is_visible(text: str) -> bool:
    """Whether anything of it would show: zero-width characters and spaces do not."""
    return any(unicodedata.category(sign)[0] not in "CZM" for sign in text)


def cut(text: str, length: int) -> str:
    """At most `length` characters, cut after a word; an ellipsis stands for what was left out."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    if not text[length - 1].isspace():
        # A single word longer than half the space is cut within.
        space = head.rfind(" ")
        head = head[:space] if space > length // 2 else head
    return head.rstrip(" ,;:–—-") + "…"
