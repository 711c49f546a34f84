"""Where e-mail goes: to the server of `EMAIL_URL`, else to the terminal and the demo's mailbox."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

# Name of the scheme: implicit TLS, STARTTLS.
_SCHEMES = {"smtp": (False, False), "smtps": (True, False), "smtp+tls": (False, True)}
_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


class UnknownMailServer(Exception):
    """`EMAIL_URL` is not of the form smtp://, smtps:// or smtp+tls://user:password@host:port."""


def default(*, demo: bool) -> dict[str, Any]:
    """`MAILERS["default"]`."""
    if url := os.environ.get("EMAIL_URL"):
        return {"OPTIONS": _options(url)}
    return {"BACKEND": f"community.mailbox.{'Demo' if demo else 'Terminal'}Backend"}


def _options(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise UnknownMailServer(
            f"EMAIL_URL must start with one of {', '.join(_SCHEMES)} and name a host."
        )
    use_ssl, use_tls = _SCHEMES[parts.scheme]
    return {
        "host": parts.hostname,
        "port": parts.port or _PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": use_ssl,
        "use_tls": use_tls,
        "timeout": 10,
    }
