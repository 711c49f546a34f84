"""Static files under names that carry their content, so that browsers may keep them for good."""

from collections.abc import Iterable, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# What members' pages load. The files of the admin and of the API's page are many and big:
# compressing them takes a minute and saves a few visits.
COMPRESSED = ("css/", "js/", "img/", "django_htmx/htmx")


class PackagedStorage(CompressedManifestStaticFilesStorage):
    # Packages ship source maps that point at files they do not ship.
    manifest_strict = False

    def compress_files(self, paths: Iterable[str]) -> Iterator[Any]:
        yield from super().compress_files(path for path in paths if path.startswith(COMPRESSED))
