"""A decision is composed, looked at, scheduled and approved, as the people in it live it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ideas.models import Decision, PendingDecision
from ideas.services import composing
from tests.factories.community import PASSWORD, MemberFactory, TeamFactory, TeamMembershipFactory
from tests.factories.ideas import BoardFactory, IdeaFactory, said_on, supported
from tests.journeys.conftest import letters_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def charging(site):
    composing.set_up_templates()
    team = TeamFactory(name="Charging", slug="charging")
    for handle, name in (("leonie", "Leonie Haas"), ("marek", "Marek Dvořák")):
        member = MemberFactory(handle=handle, display_name=name, password=PASSWORD, address=True)
        TeamMembershipFactory(team=team, member=member)
    return BoardFactory(name="Charging", slug="charging", team=team, needs_second_person=True)


def of_team(board, handle):
    return board.team.members.get(handle=handle)


def begin_with(page, name, *, scripted):
    page.get_by_label("Begin with").select_option(label=name)
    if not scripted:
        page.get_by_role("button", name="Use this template").click()
    words = re.compile("the law does not allow it")
    expect(page.get_by_label("Public statement")).to_have_value(words)


def test_a_no_is_composed_previewed_scheduled_and_approved(charging, signed_in, worker, scripted):
    idea = IdeaFactory(board=charging, title="Pay at the pump with cash")
    first = said_on(idea, "Would it work at night?", kind="question")
    second = said_on(idea, "Somebody could be robbed.", kind="concern")
    asker = first.author
    german = supported(idea, 1)[0]
    type(german).objects.filter(pk=german.pk).update(language="de")

    # Leonie finds the composer on the idea's page, and begins with a template.
    leonie = signed_in(member=of_team(charging, "leonie"), scripted=scripted)
    page = leonie.page
    page.goto(idea.get_absolute_url())
    page.get_by_text("Decide for the Charging team").click()
    page.get_by_role("link", name="Write it with the discussion beside you").click()
    expect(page.get_by_text("Would it work at night?")).to_be_visible()
    begin_with(page, "The law does not allow it", scripted=scripted)
    expect(page.get_by_label("Decline", exact=True)).to_be_checked()
    expect(page.get_by_label("Reason", exact=True)).to_have_value("legal")

    # Her own words are not written over by another one.
    statement = page.get_by_label("Public statement")
    statement.fill("The law asks for a receipt that no pump can print.")
    page.get_by_label("Begin with").select_option(label="It would not be safe")
    if not scripted:
        page.get_by_role("button", name="Use this template").click()
    expect(page.get_by_text("your words were kept")).to_be_visible()
    expect(statement).to_have_value("The law asks for a receipt that no pump can print.")

    # The decision answers both points; the concern changed it.
    for box in page.get_by_role("checkbox", name="Answered by this").all():
        box.check()
    page.get_by_role("checkbox", name="Changed our decision").check()

    # She looks at it, in both languages that are read.
    page.get_by_role("main").get_by_role("button", name="Preview", exact=True).last.click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_text("Leonie Haas decided on").first).to_be_visible()
    expect(preview.get_by_text("Leonie Haas hat über").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="Changed our decision")).to_be_checked()

    # It is for tomorrow, and a colleague looks at it first.
    tomorrow = timezone.localtime(timezone.now()) + timedelta(days=1)
    page.get_by_label("Public on").fill(tomorrow.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Hand it to a colleague").click()
    expect(page.get_by_role("heading", name="Waits for a second person")).to_be_visible()
    expect(page.get_by_label("Public statement")).to_have_value(
        "The law asks for a receipt that no pump can print."
    )
    worker()

    # Marek finds it by its notification, and says yes.
    marek = signed_in(member=of_team(charging, "marek"), scripted=scripted)
    marek.page.goto("/notifications/")
    marek.page.get_by_role("link", name="Leonie Haas asks for a second look").click()
    expect(marek.page.get_by_text("no pump can print").first).to_be_visible()
    marek.page.get_by_role("button", name="Approve", exact=True).click()
    expect(marek.page.get_by_text("Approved: it will be public on its day.")).to_be_visible()
    assert not Decision.objects.exists()

    # Its day comes: it is public, the points are settled, and the one who asked hears of it.
    PendingDecision.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    with letters_to(asker.email) as letters:
        composing.publish_due()
        worker()
    assert any("resolved" in letter.subject for letter in letters)
    page.goto(idea.get_absolute_url())
    decision = page.get_by_role("region", name="Decision")
    expect(decision).to_contain_text("no pump can print")
    expect(decision).to_contain_text("Leonie Haas")
    second.refresh_from_db()
    assert second.resolved_at is not None
    assert Decision.objects.get().pending.uses == [second.pk]
    assert [complaint for one in (leonie, marek) for complaint in one.complaints] == []


def test_what_was_typed_survives_a_lost_session(charging, signed_in):
    idea = IdeaFactory(board=charging)
    leonie = signed_in(member=of_team(charging, "leonie"))
    address = f"/review/ideas/{idea.pk}/decide/"
    leonie.page.goto(address)
    leonie.page.get_by_label("Public statement").press_sequentially("We thought about it")
    leonie.page.context.clear_cookies()
    leonie.page.get_by_role("button", name="Hand it to a colleague").click()
    leonie.sign_in("leonie@example.org")
    leonie.page.goto(address)
    expect(leonie.page.get_by_label("Public statement")).to_have_value("We thought about it")
