"""Where a Chromium is: `CHROMIUM`, on the PATH, or the one that Playwright installed."""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> Path | None:
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return _of_playwright()


def _of_playwright() -> Path | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    found = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return found[-1] if found else None


if __name__ == "__main__":
    browser = find()
    if browser is None:
        sys.exit("No Chromium found. Install one, or name it: CHROMIUM=/path/to/chromium")
    print(browser)
