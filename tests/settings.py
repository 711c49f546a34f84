"""The site's own settings, in a sandbox."""

from tests import sandbox

sandbox.enter()

from config.settings import *  # noqa: E402, F403
from config.settings import INSTALLED_APPS  # noqa: E402

INSTALLED_APPS += ["django_migration_linter"]
