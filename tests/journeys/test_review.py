"""A team member clears a queue by keyboard alone; two who are at one idea hear of each other."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from ideas.models import Decision, IdeaTally
from ideas.services import composing
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


def pick(page, press, template):
    """From the select that has the focus, as one who types the beginning of a name."""
    select = page.get_by_label("Begin with")
    expect(select).to_be_focused()
    words = page.get_by_label("Public statement")
    before = words.input_value()
    page.keyboard.type(template)
    press("Enter")
    expect(words).not_to_have_value(before)


def tab_to(page, press, field):
    for _ in range(40):
        if field.evaluate("field => field === document.activeElement"):
            return
        press("Tab")
    raise AssertionError("The Tab key does not lead there.")


def test_five_answers_are_written_one_after_the_other_by_keyboard_alone(
    signed_in, team_at_work, five
):
    composing.set_up_templates()
    anouk = signed_in(member=team_at_work[1])
    page, press = anouk.page, anouk.page.keyboard.press
    page.goto("/review/")
    # From the lane that opens to the one that is worked through.
    lanes = page.get_by_role("navigation", name="Lanes")
    tab_to(page, press, lanes.get_by_role("link", name="Top"))
    press("Enter")
    page.wait_for_url("**/review/?lane=top")
    press("j")
    press("j")
    press("k")
    expect(page.locator("#preview h2")).to_have_text("Idea 0")
    for number, idea in enumerate(five):
        press("d")
        page.wait_for_url(f"**/review/ideas/{idea.pk}/decide/?lane=top")
        pick(page, press, "The law does")
        statement = page.get_by_label("Public statement")
        tab_to(page, press, statement)
        press("Control+End")
        page.keyboard.type(f" We looked twice, and at {idea.title}, too.")
        press("Control+Enter")
        if number < 4:
            page.wait_for_url(f"**/review/ideas/{five[number + 1].pk}/?lane=top")
            expect(
                page.get_by_role("heading", name=f"Idea {number + 1}", exact=True)
            ).to_be_visible()
            expect(page.get_by_text(f"Your decision on “Idea {number}” is public.")).to_be_visible()
    page.wait_for_url("**/review/?lane=top")
    expect(page.get_by_text("That was the last idea of this list.")).to_be_visible()
    expect(page.get_by_text("Nothing waits here")).to_be_visible()
    made = Decision.objects.filter(to_status="declined", member=team_at_work[1]).order_by("pk")
    assert [decision.idea for decision in made] == five
    for decision in made:
        assert f"We looked twice, and at {decision.idea.title}, too." in decision.statement
    assert anouk.complaints == []


def test_two_decide_on_one_idea_and_the_later_one_is_told(signed_in, team_at_work, five):
    _team, anouk, ben = team_at_work
    idea = five[0]
    address = f"/review/ideas/{idea.pk}/decide/"
    first, second = signed_in(member=anouk), signed_in(member=ben)
    first.page.goto(address)
    second.page.goto(address)
    expect(second.page.get_by_text("Anouk de Vries is writing a decision.")).to_be_visible()
    # What the page does every 20 seconds.
    first.page.evaluate("htmx.trigger(document.querySelector('#presence form'), 'beat')")
    expect(first.page.get_by_text("Ben Arslan is writing a decision.")).to_be_visible()

    theirs = second.page.get_by_label("Public statement")
    second.page.get_by_label("Decline", exact=True).check()
    theirs.fill("It would cost more than all the chargers do.")
    second.page.get_by_label("Reason", exact=True).select_option(label="does not pay for itself")
    second.page.get_by_label("What would change our mind").fill("Chargers that cost less.")

    first.page.get_by_label("Take under review", exact=True).check()
    first.page.get_by_label("Public statement").fill("We measure it in two garages.")
    first.page.get_by_role("button", name="Publish now").click()
    first.page.wait_for_url(f"**/ideas/{idea.pk}/")

    second.page.get_by_role("button", name="Publish now").click()
    told = second.page.get_by_role("alert")
    expect(told).to_contain_text("Anouk de Vries was quicker: the idea is now “Under review”.")
    between = second.page.get_by_role("region", name="While you were writing")
    expect(between).to_contain_text("We measure it in two garages.")
    expect(between).to_contain_text("Anouk de Vries")
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    expect(between).to_contain_text(day)
    # Nothing typed is lost, and nothing is decided twice.
    expect(theirs).to_have_value("It would cost more than all the chargers do.")
    expect(second.page.get_by_label("What would change our mind")).to_have_value(
        "Chargers that cost less."
    )
    expect(second.page.get_by_label("Decline", exact=True)).to_be_checked()
    assert Decision.objects.get().member == anouk
    # Having read it, Ben may still disagree.
    second.page.get_by_role("button", name="Publish now").click()
    second.page.wait_for_url(f"**/ideas/{idea.pk}/")
    assert [d.member for d in Decision.objects.order_by("pk")] == [anouk, ben]
    assert first.complaints == second.complaints == []


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
