"""The site's own settings, in a sandbox."""

from tests import sandbox

sandbox.enter()

from config.settings import *  # noqa: E402, F403
from config.settings import INSTALLED_APPS, STATIC_ROOT, STORAGES  # noqa: E402

INSTALLED_APPS += ["django_migration_linter"]
# Static files under their own names, so that no test waits for them to be packed.
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
# tests/config/test_second_factor.py asks for it.
STAFF_NEED_SECOND_FACTOR = False
STATIC_ROOT.mkdir(exist_ok=True)
