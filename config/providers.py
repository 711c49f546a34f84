"""Sign-in through others, switched on by the environment.

`SOCIAL_PROVIDERS=google,github` with `GOOGLE_CLIENT_ID` and `GOOGLE_CLIENT_SECRET` (and so on),
and OpenID Connect by `OIDC_SERVER_URL`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`, `OIDC_NAME`.
"""

import os
from typing import Any

KNOWN = ("apple", "github", "gitlab", "google", "linkedin_oauth2", "microsoft")


class UnknownProvider(Exception):
    """`SOCIAL_PROVIDERS` names something that Plenum has no adapter for."""


def _names() -> list[str]:
    names = [n.strip() for n in os.environ.get("SOCIAL_PROVIDERS", "").split(",") if n.strip()]
    if unknown := sorted(set(names) - set(KNOWN)):
        raise UnknownProvider(f"SOCIAL_PROVIDERS: {', '.join(unknown)}. Known: {', '.join(KNOWN)}.")
    return names


def _has_openid_connect() -> bool:
    return bool(os.environ.get("OIDC_SERVER_URL"))


def apps() -> list[str]:
    """The allauth apps to install."""
    found = [f"allauth.socialaccount.providers.{name}" for name in _names()]
    if _has_openid_connect():
        found.append("allauth.socialaccount.providers.openid_connect")
    return found


def _credentials(prefix: str) -> dict[str, str]:
    return {
        "client_id": os.environ[f"{prefix}_CLIENT_ID"],
        "secret": os.environ[f"{prefix}_CLIENT_SECRET"],
    }


def settings() -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS."""
    found: dict[str, Any] = {name: {"APP": _credentials(name.upper())} for name in _names()}
    if _has_openid_connect():
        app = {
            "provider_id": "oidc",
            "name": os.environ.get("OIDC_NAME", "Single sign-on"),
            "settings": {"server_url": os.environ["OIDC_SERVER_URL"]},
        }
        found["openid_connect"] = {"APPS": [app | _credentials("OIDC")]}
    return found
