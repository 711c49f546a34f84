"""The site's own settings, and the bare views that it is measured against."""

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "benchmarks.urls"
TEMPLATES = [
    TEMPLATES[0] | {"DIRS": [BASE_DIR / "templates", BASE_DIR / "benchmarks" / "templates"]}
]
