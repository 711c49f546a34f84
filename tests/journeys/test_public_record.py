"""Roadmap and changelog as people find and use them, on a phone and without JavaScript too."""

import pytest
from playwright.sync_api import expect

from tests.factories.ideas import BoardFactory, idea_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def board(site):
    return BoardFactory(name="Charging", slug="charging", team__name="Charging")


def test_a_visitor_on_a_phone_finds_what_shipped(board, person, scripted):
    idea_in("shipped", board=board, title="Charge at night")
    visitor = person(scripted=scripted, width=360)
    visitor.page.goto("/")
    header = visitor.page.get_by_role("banner")
    header.get_by_text("More").click()
    header.get_by_role("link", name="Changelog").click()
    entry = visitor.page.get_by_role("article").filter(has_text="Charge at night")
    expect(entry).to_contain_text("had the idea. The Charging team shipped it.")
    assert visitor.complaints == []


def test_a_column_is_read_on(board, person, scripted):
    for number in range(10):
        idea_in("planned", board=board, title=f"Lamp {number}")
    visitor = person(scripted=scripted)
    visitor.page.goto("/roadmap/?board=charging")
    planned = visitor.page.get_by_role("region", name="Planned")
    expect(planned.get_by_role("article")).to_have_count(8)
    planned.get_by_role("link", name="Show more").click()
    expect(planned.get_by_role("link", name="Show more")).to_have_count(0)
    expect(planned.get_by_role("article")).to_have_count(10 if scripted else 2)
    assert visitor.complaints == []


def test_a_member_narrows_the_roadmap_and_follows(board, signed_in, scripted):
    idea = idea_in("planned", board=board, title="Charge at night")
    idea_in("planned", board=BoardFactory(name="Heating"), title="Heat at day")
    page = signed_in("tom", scripted=scripted).page
    page.goto("/roadmap/")
    page.get_by_label("Board", exact=True).select_option("Charging")
    if not scripted:
        page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("Heat at day")).to_have_count(0)
    assert "board=charging" in page.url
    card = page.get_by_role("article").filter(has_text=idea.title)
    card.get_by_role("button", name="Follow").click()
    expect(card.get_by_role("button", name="Following")).to_have_attribute("aria-pressed", "true")
    assert "/roadmap/?" in page.url
    assert idea.follows.filter(member__handle="tom").exists()
