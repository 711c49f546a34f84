"""A look at every page: nobody is shut out, nothing sticks out, and the first visit is light."""

from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from config.demo.logins import DEMO_LOGINS
from tests.camera import open_stop
from tests.tour import session_cookie, stops

STATIC = Path(__file__).parents[2] / "static"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
LIGHT = {"runOnly": {"type": "tag", "values": RULES}}
# The other theme has the same elements in other colours.
DARK = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
NARROW, WIDE = 320, 1280
MOST_REQUESTS, MOST_BYTES = 12, 120_000
# Of our own sheets and scripts, as they lie in static/, for any one page.
MOST_CSS, MOST_SCRIPT = 40_000, 15_000
# The workspace of the teams may weigh more: docs/decisions/0021.
MOST_TEAM_CSS, MOST_TEAM_SCRIPT = 50_000, 20_000


@pytest.fixture
def community(site, settings, tmp_path):
    settings.DEMO, settings.DEMO_LOGINS = True, DEMO_LOGINS
    settings.MEDIA_ROOT = tmp_path
    call_command("load_demo", verbosity=0)
    return site


def faults(page, options):
    found = Axe().run(page, options=options).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


def look_around(page):
    """What is wrong with a page in either theme, and on a narrow screen."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.emulate_media(color_scheme="light")
    found = faults(page, LIGHT)
    page.emulate_media(color_scheme="dark")
    found += faults(page, DARK)
    page.set_viewport_size({"width": NARROW, "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{wide} pixels wide at {NARROW}"] if wide > NARROW else [])


def own_bytes(page, selector, attribute):
    """What our own style sheets or scripts of a page weigh, before they are compressed."""
    read = "(found, name) => found.map((one) => one.getAttribute(name))"
    addresses = page.locator(selector).evaluate_all(read, attribute)
    names = {urlsplit(address).path.removeprefix("/static/") for address in addresses}
    return sum((STATIC / name).stat().st_size for name in names if (STATIC / name).exists())


def too_heavy(page):
    css = own_bytes(page, "link[rel=stylesheet]", "href")
    script = own_bytes(page, "script[src]", "src")
    of_team = "/review/" in page.url
    most_css, most_script = (
        (MOST_TEAM_CSS, MOST_TEAM_SCRIPT) if of_team else (MOST_CSS, MOST_SCRIPT)
    )
    found = [f"{css} bytes of CSS"] if css > most_css else []
    return found + ([f"{script} bytes of scripts"] if script > most_script else [])


def test_every_page_is_open_to_everybody(chromium_browser, community):
    contexts, wrong = {}, {}
    for stop in stops():
        if stop.who not in contexts:
            # Without motion no colour is caught on its way from one theme to the other.
            contexts[stop.who] = chromium_browser.new_context(reduced_motion="reduce")
            if stop.who:
                contexts[stop.who].add_cookies([session_cookie(stop.who, community)])
        page = open_stop(contexts[stop.who], community, stop)
        if found := look_around(page) + too_heavy(page):
            wrong[stop.name] = found
        page.close()
    for context in contexts.values():
        context.close()
    assert wrong == {}


def transferred(response):
    """Bytes on the wire: WhiteNoise sends text files as Brotli made them (config.static)."""
    body = response.body()
    text = response.url.rsplit(".", 1)[-1] in ("css", "js", "svg")
    return len(brotli.compress(body)) if text else len(body)


def test_the_first_visit_is_light(chromium_browser, community):
    context = chromium_browser.new_context(base_url=community)
    page = context.new_page()
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto("/ideas/", wait_until="networkidle")
    sizes = {response.url: transferred(response) for response in responses}
    context.close()
    assert {urlsplit(url).netloc for url in sizes} == {urlsplit(community).netloc}
    assert len(responses) <= MOST_REQUESTS, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes
