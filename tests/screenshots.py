"""`make screenshots`: every page of the tour at each width, in both themes and languages.

`python -m tests.screenshots [--all] [WORD …]` takes those whose name holds one of the words. Each
page is taken six times, so that every width, theme and language is seen; `--all` takes all twelve.
They lie under build/screenshots/, with an index.html to look through.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from tests import chromium, sandbox

TARGET = Path(__file__).parents[1] / "build" / "screenshots"
WIDTHS = (360, 768, 1440)
LOOKS = (
    (360, "light", "de"), (360, "dark", "en"), (768, "light", "en"),
    (768, "dark", "de"), (1440, "light", "en"), (1440, "dark", "de"),
)  # fmt: skip
EVERY_LOOK = tuple(product(WIDTHS, ("light", "dark"), ("en", "de")))


def main() -> None:
    words = [word for word in sys.argv[1:] if word != "--all"]
    looks = EVERY_LOOK if "--all" in sys.argv else LOOKS
    browser = chromium.find()
    if browser is None:
        sys.exit("No Chromium found. Install one, or name it: CHROMIUM=/path/to/chromium")
    _prepare()
    with _served() as address:
        _take(address, browser, words, looks)


def _prepare() -> None:
    sandbox.enter()
    # Playwright's own loop runs in this thread, where the database is asked too.
    os.environ |= {
        "PLENUM_DEMO": "1",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    import django  # noqa: PLC0415  # after the sandbox is entered
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("compilemessages", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("load_demo")


@contextmanager
def _served() -> Iterator[str]:
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415
    from django.test.testcases import LiveServerThread  # noqa: PLC0415

    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def _take(
    address: str, browser: Path, words: list[str], looks: tuple[tuple[int, str, str], ...]
) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.camera import Camera  # noqa: PLC0415
    from tests.tour import stops  # noqa: PLC0415

    wanted = [stop for stop in stops() if not words or any(word in stop.name for word in words)]
    with sync_playwright() as play:
        camera = Camera(
            play.chromium.launch(executable_path=str(browser), args=["--no-sandbox"]),
            address,
            TARGET,
        )
        for number, stop in enumerate(wanted, start=1):
            print(f"\r{number} of {len(wanted)}: {stop.name:30}", end="", flush=True)
            for width, theme, language in looks:
                camera.take(stop, width, theme, language)
        camera.close()
    print(f"\rLook at {TARGET / 'index.html'}" + " " * 30)


if __name__ == "__main__":
    main()
