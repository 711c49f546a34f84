"""The secret key: from the environment or a file, else made once and kept beside the data."""

import os
import secrets
from pathlib import Path


def key(home: Path) -> str:
    """The key of this site.

    `SECRET_KEY` wins, then the file that `SECRET_KEY_FILE` names, then `secret_key` in `home`,
    which is made on first use and readable by its owner alone.
    """
    if value := os.environ.get("SECRET_KEY"):
        return value
    if path := os.environ.get("SECRET_KEY_FILE"):
        return Path(path).read_text().strip()
    return _kept(home / "secret_key")


def _kept(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Exclusive creation: two first processes must not end up with two keys.
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
