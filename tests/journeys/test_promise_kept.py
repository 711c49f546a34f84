"""What a customer sees of a promise: the clock, the answer with its reason, and their own name."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from ideas.models import Idea, Promise
from ideas.services.steps import Grounds, decide
from ideas.services.supporting import give_support
from tests.factories.community import (
    PASSWORD,
    MemberFactory,
    TeamFactory,
    TeamMembershipFactory,
)
from tests.factories.ideas import BoardFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

TITLE = "Let two drivers share one charging card"


@pytest.fixture
def charging(site):
    team = TeamFactory(name="Charging", slug="charging")
    leonie = MemberFactory(
        handle="leonie", display_name="Leonie Haas", password=PASSWORD, address=True
    )
    TeamMembershipFactory(team=team, member=leonie)
    return BoardFactory(
        name="Charging", slug="charging", team=team, answer_threshold=2, answer_days=10
    )


def test_a_customer_sees_the_clock_the_answer_and_their_name(
    charging, signed_in, person, worker, scripted
):
    mara = signed_in("mara", display_name="Mara Lindqvist", scripted=scripted)
    page = mara.page
    page.goto("/ideas/new/")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Description").fill("Our family has one car and one card.")
    page.get_by_label("Board", exact=True).select_option(label="Charging")
    page.get_by_role("button", name="Post the idea").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    idea = Idea.objects.get(title=TITLE)

    # Two supporters are what the board asks for: the clock runs, on the card and on the page.
    for supporter in MemberFactory.create_batch(2):
        give_support(idea=idea, member=supporter)
    worker()
    # Due is the end of the last day.
    due = timezone.localtime(Promise.objects.get(kind="answer").due_at - timedelta(seconds=1))
    words = f"The Charging team answers by {date_format(due, 'MONTH_DAY_FORMAT')}"
    page.goto("/ideas/")
    card = page.get_by_role("article").filter(has_text=TITLE)
    expect(card).to_contain_text(words)
    page.goto(idea.get_absolute_url())
    expect(page.get_by_role("region", name="Answer clock").first).to_contain_text(words)

    # Leonie answers, and the clock stands still.
    leonie = charging.team.members.get(handle="leonie")
    answer = Grounds(
        statement="Two phones on one contract are little work, and many ask for it.",
        rough_when="spring",
        cost_band="small",
    )
    decide(idea=idea, to="planned", by=leonie, grounds=answer)
    worker()
    page.goto("/notifications/")
    page.get_by_role("link", name=f"Leonie Haas decided on “{TITLE}”").click()
    decision = page.get_by_role("region", name="Decision")
    expect(decision).to_contain_text("many ask for it")
    expect(decision).to_contain_text("Leonie Haas")
    expect(decision).to_contain_text("spring")
    expect(page.get_by_text(words)).to_have_count(0)
    expect(page.get_by_text("answered", exact=False).first).to_be_visible()
    promise = Promise.objects.get(kind="answer")
    assert promise.state == "answered"
    assert promise.ended_at < promise.due_at

    # It ships, and her name stands on the idea and in the changelog, for everybody.
    for step in ("in_progress", "shipped"):
        decide(idea=idea, to=step, by=leonie, grounds=answer)
    worker()
    page.goto(idea.get_absolute_url())
    expect(page.get_by_role("region", name="Who made this")).to_contain_text("Mara Lindqvist")
    shipped = page.get_by_role("region", name="Shipped")
    expect(shipped).to_contain_text("Mara Lindqvist had the idea.")
    expect(shipped).to_contain_text("The Charging team shipped it.")
    visitor = person(scripted=scripted)
    visitor.page.goto("/changelog/")
    entry = visitor.page.get_by_role("article").filter(has_text=TITLE)
    expect(entry).to_contain_text("Mara Lindqvist had the idea. The Charging team shipped it.")
    assert mara.complaints == visitor.complaints == []
