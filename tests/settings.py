"""The site's own settings, in a sandbox."""

from tests import sandbox

sandbox.enter()

from config.settings import *  # noqa: E402, F403
