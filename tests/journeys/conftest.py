"""A real browser on a real server, with JavaScript and without."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from activity import delivery
from community.services import mailing
from tests import chromium
from tests.factories.community import PASSWORD, MemberFactory

SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 15_000


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    found = chromium.find()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium found: journeys are never skipped where it counts.")
        pytest.skip("No Chromium found. Install one, or name it: CHROMIUM=/path/to/chromium")
    # Playwright's own loop runs in this thread, where tests also ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(found), args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def site(live_server, committed, settings):
    """The address of the site. Pages are made anew for each visit, so that nothing is stale."""
    settings.ANONYMOUS_PAGE_SECONDS = 0
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def person(chromium_browser, site) -> Iterator[Callable[..., "Person"]]:
    """`person(scripted=True)` sits down at a browser of their own."""
    contexts: list[BrowserContext] = []

    def sits_down(*, scripted: bool = True, language: str = "en", width: int = 1280) -> Person:
        context = chromium_browser.new_context(
            base_url=site,
            java_script_enabled=scripted,
            locale=language,
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Person(context.new_page())

    yield sits_down
    for context in contexts:
        context.close()


class Person:
    """Somebody at a browser, who takes note of what the browser complains about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message) -> None:
        # A refused form is an answer, though the browser logs its status.
        if message.type == "error" and "422" not in message.text and "403" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, email: str, password: str = PASSWORD) -> "Person":
        self.page.goto("/accounts/login/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return self


@pytest.fixture
def signed_in(person) -> Callable[..., Person]:
    """`signed_in("tom")` is a new member at a browser, signed in; or an old one: `member=`."""

    def sits_down(*handle: str, member=None, scripted: bool = True, **fields) -> Person:
        if handle:
            fields["handle"] = handle[0]
        member = member or MemberFactory(password=PASSWORD, address=True, **fields)
        return person(scripted=scripted).sign_in(member.email)

    return sits_down


@pytest.fixture
def worker() -> Callable[[], None]:
    """What the worker does in the background, done now."""

    def works() -> None:
        while delivery.drain():
            pass
        mailing.send_waiting()

    return works


@pytest.fixture
def mailbox(settings):
    """The mailbox of the demo, in place of a mail server."""
    settings.DEMO = True
    settings.MAILERS = {"default": {"BACKEND": "community.mailbox.DemoBackend"}}


@contextmanager
def letters_to(address: str):
    """The letters that somebody gets meanwhile."""
    before = len(mail.outbox)
    got: list[mail.EmailMessage] = []
    yield got
    got += [letter for letter in mail.outbox[before:] if address in letter.to]


def link_in(letter: mail.EmailMessage, part: str) -> str:
    """The first address in a letter's text that holds `part`."""
    found = re.search(rf"https?://\S*{re.escape(part)}\S*", str(letter.body))
    assert found, letter.body
    return found[0]
