"""Static files under names that carry their content, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PackagedStorage(CompressedManifestStaticFilesStorage):
    # Packages ship source maps that point at files they do not ship.
    manifest_strict = False
