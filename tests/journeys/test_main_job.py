"""The main job, from sign-up to the reopened decision, as the people in it live it."""

from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from ideas.models import Idea
from ideas.services import tallies
from tests.factories.community import PASSWORD, MemberFactory, TeamFactory, TeamMembershipFactory
from tests.factories.ideas import BoardFactory, IdeaFactory
from tests.journeys.conftest import letters_to, link_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

TITLE = "Let two drivers share one charging card"


@pytest.fixture
def charging(site):
    team = TeamFactory(name="Charging", slug="charging")
    leonie = MemberFactory(
        handle="leonie", display_name="Leonie Haas", password=PASSWORD, address=True
    )
    TeamMembershipFactory(team=team, member=leonie)
    board = BoardFactory(
        name="Charging", slug="charging", team=team, answer_threshold=1, reopen_threshold=2
    )
    IdeaFactory(board=board, title="Two drivers on one card")
    return board


def sign_up(somebody, name, email):
    page = somebody.page
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill("three-blue-kettles")
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    page.wait_for_url(lambda url: "/accounts/signup/" not in url)


def confirm(somebody, letter):
    somebody.page.goto(link_in(letter, "/confirm-email/"))
    somebody.page.get_by_role("main").get_by_role("button", name="Confirm").click()


def press_support(page):
    page.get_by_role("complementary", name="About this idea").get_by_role(
        "button", name="Support"
    ).click()


def test_from_sign_up_to_a_reopened_decision(charging, person, signed_in, worker, scripted):
    mara = person(scripted=scripted)

    # Mara signs up and confirms her address by the mailed link.
    with letters_to("mara@example.org") as letters:
        sign_up(mara, "Mara Lindqvist", "mara@example.org")
    confirm(mara, letters[0])

    # She writes an idea; one like it is offered, with scripts as she types.
    page = mara.page
    page.goto("/ideas/new/")
    page.get_by_label("Title").fill(TITLE)
    if scripted:
        expect(page.get_by_role("link", name="Two drivers on one card")).to_be_visible()
    else:
        page.get_by_role("button", name="Post the idea").click()  # the board is missing still
        expect(page.get_by_role("link", name="Two drivers on one card")).to_be_visible()
        expect(page.get_by_label("Title")).to_have_value(TITLE)
    page.get_by_label("Description").fill("Our family has **one** car and one card.")
    page.get_by_label("Board", exact=True).select_option(label="Charging")
    page.get_by_label("Tags").fill("card, family")
    page.get_by_role("button", name="Post the idea").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    idea_url = page.url

    # Tom supports and asks; support reaches the threshold, so the clock starts.
    tom = signed_in("tom", display_name="Tom Okafor", scripted=scripted)
    tom.page.goto(idea_url)
    press_support(tom.page)
    expect(tom.page.get_by_role("button", name="Supported")).to_be_visible()
    tom.page.get_by_label("Your comment").fill("Would it work abroad, @mara_lindqvist?")
    tom.page.get_by_label("Question").check()
    tom.page.get_by_role("button", name="Post the comment").click()
    expect(tom.page.get_by_text("Would it work abroad")).to_be_visible()
    worker()
    tom.page.goto(idea_url)
    expect(tom.page.get_by_text("The Charging team answers by")).to_be_visible()

    # Leonie declines for the team, with a reason and what would change her mind.
    leonie = signed_in(member=charging.team.members.get(), scripted=scripted)
    leonie.page.goto(idea_url)
    leonie.page.get_by_text("Decide for the Charging team").click()
    form = leonie.page.locator("#decide form")
    form.get_by_label("Decline").check()
    form.get_by_label("Public statement").fill("Roaming partners bill by card, not by driver.")
    form.get_by_role("button", name="Publish the decision").click()
    expect(form.get_by_text("This step needs it.").first).to_be_visible()
    expect(form.get_by_label("Public statement")).to_have_value(
        "Roaming partners bill by card, not by driver."
    )
    form.get_by_label("Reason").select_option(label="not technically possible")
    form.get_by_label("What would change our mind").fill("A roaming partner that knows drivers.")
    form.get_by_role("button", name="Publish the decision").click()
    expect(leonie.page.get_by_role("region", name="Decision")).to_contain_text("Roaming partners")

    # Author and supporter are told, in the page and by mail.
    mail.outbox.clear()
    worker()
    told = {letter.to[0]: letter for letter in mail.outbox if "decided" in letter.subject}
    assert set(told) == {"mara@example.org", "tom@example.org"}
    tom.page.goto("/notifications/")
    told = tom.page.get_by_role("link", name=f"Leonie Haas decided on “{TITLE}”")
    expect(told).to_be_visible()

    # The timeline shows it to everybody.
    visitor = person(scripted=scripted)
    visitor.page.goto(idea_url)
    story = visitor.page.get_by_role("region", name="How it went")
    expect(story.get_by_text("Declined")).to_be_visible()
    expect(visitor.page.get_by_role("region", name="Decision")).to_contain_text(
        "A roaming partner that knows drivers."
    )

    # Two more supporters are what the board asks for another look.
    for handle in ("ines", "karl"):
        somebody = signed_in(handle, scripted=scripted)
        somebody.page.goto(idea_url)
        press_support(somebody.page)
        expect(somebody.page.get_by_role("button", name="Supported")).to_be_visible()
        worker()
    visitor.page.goto(idea_url)
    expect(story.get_by_text("Under review")).to_be_visible()

    assert tallies.drifts() == []
    everybody = (mara, tom, leonie, visitor)
    assert [complaint for one in everybody for complaint in one.complaints] == []


def test_a_newcomer_s_support_waits_for_the_confirmed_address(charging, person, worker, scripted):
    idea = Idea.objects.get()
    nina = person(scripted=scripted)
    with letters_to("nina@example.org") as letters:
        sign_up(nina, "Nina Roth", "nina@example.org")

    nina.page.goto(idea.get_absolute_url())
    press_support(nina.page)
    expect(nina.page.get_by_role("button", name="Pending")).to_be_visible()

    confirm(nina, letters[0])
    worker()
    nina.page.goto(idea.get_absolute_url())
    expect(nina.page.get_by_role("button", name="Supported")).to_be_visible()
    idea.tally.refresh_from_db()
    assert idea.tally.supports == 1


def test_one_click_ends_the_mails_about_an_idea(charging, signed_in, person, worker, scripted):
    idea = Idea.objects.get()
    follower = signed_in("tom", scripted=scripted)
    follower.page.goto(idea.get_absolute_url())
    follower.page.get_by_role("button", name="Follow this idea").click()
    expect(follower.page.get_by_role("button", name="Following")).to_be_visible()

    def somebody_comments(words):
        writer = signed_in(scripted=scripted)
        writer.page.goto(idea.get_absolute_url())
        writer.page.get_by_label("Your comment").fill(words)
        writer.page.get_by_role("button", name="Post the comment").click()
        expect(writer.page.get_by_text(words)).to_be_visible()

    with letters_to("tom@example.org") as first:
        somebody_comments("Yes, please.")
        worker()
    [letter] = first
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    # The link opens for anybody who holds the letter, signed in or not.
    reader = person(scripted=scripted)
    reader.page.goto(link_in(letter, "/unsubscribe/"))
    reader.page.get_by_role("main").get_by_role("button").first.click()

    with letters_to("tom@example.org") as second:
        somebody_comments("Me too.")
        worker()
    assert second == []
    follower.page.goto("/notifications/")
    assert follower.page.get_by_text("commented on").count() == 2


def test_a_draft_survives_a_lost_session(charging, signed_in, scripted):
    """With scripts what was typed is kept; without, the draft button is."""
    mara = signed_in("mara", scripted=scripted)
    mara.page.goto("/ideas/new/")
    mara.page.get_by_label("Title").fill("Quiet mode at night")
    mara.page.get_by_label("Board", exact=True).select_option(label="Charging")
    if scripted:
        mara.page.wait_for_timeout(800)
        mara.page.context.clear_cookies()
        mara.page.get_by_role("button", name="Post the idea").click()
        mara.sign_in("mara@example.org")
        mara.page.goto("/ideas/new/")
    else:
        mara.page.get_by_role("button", name="Keep as a draft").click()
        mara.page.get_by_role("link", name="Quiet mode at night").click()
    expect(mara.page.get_by_label("Title")).to_have_value("Quiet mode at night")


def test_an_overdue_answer_is_said_to_everybody(charging, person, scripted):
    idea = Idea.objects.get()
    due = idea.opened_at - timedelta(days=3)
    Idea.objects.update(threshold_reached_at=due - timedelta(days=30), answer_due_at=due)
    visitor = person(scripted=scripted)
    visitor.page.goto(idea.get_absolute_url())
    words = "Overdue by 3 days: the Charging team owes an answer"
    expect(visitor.page.get_by_text(words)).to_be_visible()
