"""A team member clears a queue by keyboard alone; two who are at one idea hear of each other."""

import pytest
from playwright.sync_api import expect

from ideas.models import Decision, IdeaTally
from tests.factories.community import PASSWORD, MemberFactory, TeamFactory, TeamMembershipFactory
from tests.factories.ideas import BoardFactory, IdeaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def team_at_work(committed):
    """Anouk and Ben of one team."""
    team = TeamFactory(name="Charging", slug="charging")
    people = [
        MemberFactory(handle=handle, display_name=name, password=PASSWORD, address=True)
        for handle, name in (("anouk", "Anouk de Vries"), ("ben", "Ben Arslan"))
    ]
    for member in people:
        TeamMembershipFactory(team=team, member=member)
    return team, *people


@pytest.fixture
def five(team_at_work):
    board = BoardFactory(team=team_at_work[0], name="Charging", slug="charging")
    ideas = [IdeaFactory(board=board, title=f"Idea {n}") for n in range(5)]
    for place, idea in enumerate(ideas):
        IdeaTally.objects.filter(pk=idea.pk).update(supports=9 - place)
    return ideas


def test_a_queue_of_five_is_cleared_by_keyboard_alone(signed_in, team_at_work, five):
    anouk = signed_in(member=team_at_work[1])
    page, press = anouk.page, anouk.page.keyboard.press
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/review/?lane=top")
    # Down the list; the preview follows.
    press("j")
    expect(page.locator("#preview h2")).to_have_text("Idea 0")
    press("j")
    expect(page.locator("#preview h2")).to_have_text("Idea 1")
    press("k")
    # Keys are letters while somebody types.
    press("/")
    page.keyboard.type("jx")
    expect(page.locator("#id_q")).to_have_value("jx")
    press("Control+a")
    press("Delete")
    press("Escape")
    for _ in five[1:]:
        press("x")
        press("j")
    press("x")
    expect(page.locator("#bulk-bar output")).to_have_text("5")
    # Decide on all five, without a mouse.
    press("d")
    expect(page.get_by_role("heading", name="Decide on these ideas")).to_be_visible()
    expect(page.locator("#id_to_0")).to_be_focused()
    press("ArrowDown")
    press("ArrowDown")
    expect(page.locator("input[value=under_review]")).to_be_checked()
    press("Tab")
    page.keyboard.type("We look into all of these together.")
    for _ in range(12):
        if page.evaluate("document.activeElement.type") == "submit":
            break
        press("Tab")
    press("Enter")
    expect(page.get_by_text("Done: 5 ideas.")).to_be_visible()
    assert Decision.objects.filter(to_status="under_review", idea__in=five).count() == 5
    assert anouk.complaints == []


def test_keys_lead_to_the_parts_of_a_desk(signed_in, team_at_work, five):
    anouk = signed_in(member=team_at_work[1])
    page, press = anouk.page, anouk.page.keyboard.press
    page.goto("/review/?lane=top")
    press("j")
    press("n")
    expect(page.locator("#notes textarea")).to_be_focused()
    page.keyboard.type("j k x: only letters here.")
    press("Tab")
    press("Enter")
    expect(page.get_by_text("only letters here")).to_be_visible()
    press("s")
    expect(page.locator("#id_impact")).to_be_focused()
    press("Escape")
    press("a")
    expect(page.locator("#id_who")).to_be_focused()
    press("Escape")
    press("?")
    expect(page.get_by_role("heading", name="Keys of the review queue")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("heading", name="Keys of the review queue")).to_be_hidden()
    press("Escape")
    page.wait_for_url("**/review/?lane=top")
    assert anouk.complaints == []


def test_two_at_one_idea_hear_of_each_other(signed_in, team_at_work, five):
    _team, anouk, ben = team_at_work
    address = f"/review/ideas/{five[0].pk}/"
    first, second = signed_in(member=anouk), signed_in(member=ben)
    first.page.goto(address)
    second.page.goto(address)
    expect(second.page.get_by_text("Anouk de Vries is looking at this too.")).to_be_visible()
    # What the page does every 20 seconds.
    first.page.evaluate("htmx.trigger(document.querySelector('#presence form'), 'beat')")
    expect(first.page.get_by_text("Ben Arslan is looking at this too.")).to_be_visible()
    assert first.complaints == second.complaints == []


def test_the_workspace_works_without_javascript(signed_in, team_at_work, five):
    anouk = signed_in(member=team_at_work[1], scripted=False)
    page = anouk.page
    page.goto("/review/?lane=top")
    page.get_by_label("Choose “Idea 0”").check()
    page.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_label("Tags to add").fill("night")
    page.get_by_role("button", name="Add the tags").click()
    expect(page.get_by_text("Done: 1 idea.")).to_be_visible()
    page.get_by_role("link", name="Idea 0").click()
    expect(page.locator("#id_tags")).to_have_value("night")
