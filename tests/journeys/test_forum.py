"""Members help each other: asked, answered, accepted, helped somebody else, became an idea."""

import pytest
from playwright.sync_api import expect

from community.models import Topic
from ideas.models import Idea
from tests.factories.community import PASSWORD, MemberFactory, TeamFactory, TeamMembershipFactory
from tests.factories.forum import SpaceFactory, opened
from tests.factories.ideas import BoardFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

TITLE = "The cable is frozen into the wallbox"


@pytest.fixture
def charging(site):
    team = TeamFactory(name="Charging", slug="charging")
    anouk = MemberFactory(
        handle="anouk", display_name="Anouk de Vries", password=PASSWORD, address=True
    )
    TeamMembershipFactory(team=team, member=anouk)
    BoardFactory(name="Charging", slug="charging", team=team)
    space = SpaceFactory(name="Charging", slug="charging", team=team)
    opened(space, title="Cable frozen in the socket of a wallbox", by=anouk)
    return space


def test_ask_answer_accept_and_turn_into_an_idea(charging, signed_in, person, worker, scripted):
    # Mara asks; a question like hers is offered, with scripts as she types.
    mara = signed_in("mara", display_name="Mara Lindqvist", scripted=scripted)
    page = mara.page
    page.goto("/forum/")
    page.get_by_role("link", name="Ask or start a topic").click()
    page.get_by_label("Title").fill(TITLE)
    if not scripted:
        page.get_by_role("button", name="Post the topic").click()  # text and space are missing
        expect(page.get_by_label("Title")).to_have_value(TITLE)
    expect(page.get_by_role("link", name="Cable frozen in the socket")).to_be_visible()
    page.get_by_label("Text").fill("It has **six** degrees below zero.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview strong")).to_have_text("six")
    page.get_by_label("Space").select_option(label="Charging")
    page.get_by_role("button", name="Post the topic").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    address = page.url

    # Tom answers, quoting nobody; the team answers, quoting Tom.
    tom = signed_in("tom", display_name="Tom Okafor", scripted=scripted)
    tom.page.goto(address)
    tom.page.get_by_label("Your reply").fill("Start a charge for ten seconds, then pull.")
    tom.page.get_by_role("button", name="Post the reply").click()
    expect(tom.page.get_by_text("Start a charge for ten seconds")).to_be_visible()
    anouk = signed_in(member=charging.team.members.get(), scripted=scripted)
    anouk.page.goto(address)
    anouk.page.get_by_role("link", name="Quote").click()
    expect(anouk.page.get_by_text("You quote Tom Okafor.")).to_be_visible()
    anouk.page.get_by_label("Your reply").fill("That works, and the menu has a release now.")
    anouk.page.get_by_role("button", name="Post the reply").click()
    expect(anouk.page.locator(".official").get_by_text("Charging team")).to_be_visible()

    # Mara is told, and accepts what Tom said.
    worker()
    page.goto("/notifications/")
    page.get_by_role("link", name=f"Tom Okafor replied to “{TITLE}”").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    toms = page.locator("article.comment").filter(has_text="Start a charge")
    toms.get_by_role("button", name="Accept as the answer").first.click()
    expect(page.get_by_role("region", name="The accepted answer")).to_contain_text(
        "Start a charge for ten seconds"
    )

    # Jule finds it, and it solved hers, too.
    jule = signed_in("jule", display_name="Jule Brandt", scripted=scripted)
    jule.page.goto("/forum/")
    jule.page.get_by_role("main").get_by_role("searchbox").fill("frozen cables")
    if not scripted:
        jule.page.get_by_role("main").get_by_role("button", name="Search").click()
    jule.page.get_by_role("link", name=TITLE).click()
    jule.page.get_by_role("button", name="This solved mine too").click()
    expect(jule.page.get_by_text("It solved it for 1 other member.")).to_be_visible()
    expect(jule.page.get_by_role("button", name="It solved mine too")).to_be_visible()

    # Mara turns it into an idea; the two lead to each other.
    page.goto(address)
    page.get_by_text("Turn into an idea").click()
    panel = page.get_by_role("region", name="Ideas from this topic")
    panel.get_by_label("Board").select_option(label="Charging")
    panel.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    page.get_by_role("button", name="Post the idea").click()
    visitor = person(scripted=scripted)
    visitor.page.goto(Idea.objects.get().get_absolute_url())
    visitor.page.get_by_role("region", name="In the forum").get_by_role("link").click()
    expect(visitor.page.get_by_text("began as this topic")).to_be_visible()

    topic = Topic.objects.select_related("tally").get(title=TITLE)
    assert (topic.tally.replies, topic.tally.solved) == (2, 1)
    people = {"Mara": mara, "Tom": tom, "Anouk": anouk, "Jule": jule, "a visitor": visitor}
    assert {name: who.complaints for name, who in people.items() if who.complaints} == {}
