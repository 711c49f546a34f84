"""The API's page works under our own strict policy, with the session of whoever looks."""

import pytest

from ideas.models import Support
from tests.factories.ideas import IdeaFactory

DOCS = "/api/v1/docs/"
SUPPORT = "#operations-ideas-idea_support_put"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_visitors_can_try_it(person, board, theme):
    someone = person()
    page = someone.page
    page.emulate_media(color_scheme=theme)
    page.goto(DOCS)
    page.locator("#operations-boards-boards_get button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table", has_text=board.slug).wait_for()
    assert ("dark-mode" in (page.locator("html").get_attribute("class") or "")) is (theme == "dark")
    assert someone.complaints == []


def test_members_act_as_themselves(signed_in):
    idea = IdeaFactory()
    page = signed_in("tom").page
    page.goto(DOCS)
    page.locator(f"{SUPPORT} button").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.locator(f"{SUPPORT} input").fill(str(idea.pk))
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table", has_text="counted").wait_for()
    assert Support.objects.get().member.handle == "tom"


def test_it_fits_the_smallest_screen(person):
    page = person(width=320).page
    page.goto(DOCS)
    page.locator(".opblock button").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
