"""The life of a member: a friend, a draft of two, an answer, a digest, and a good-bye.

Each part has a journey of its own that looks closer; this one goes through all with two members,
and then looks whether the rest of the site still reads well.
"""

import json
import re
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from community.models import Departure, Topic
from community.services import departing, digests, exporting, mailing
from ideas.models import Idea
from tests.factories.community import PASSWORD, MemberFactory
from tests.factories.forum import SpaceFactory
from tests.factories.ideas import BoardFactory, DraftFactory
from tests.journeys.test_digest import choose_daily
from tests.journeys.test_friends import press
from tests.journeys.test_privacy import close

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("mailbox", "private_place"),
    pytest.mark.xdist_group("browser"),
]

QUESTION = "Where is the fuse?"


@pytest.fixture
def pair(site, signed_in, scripted):
    """Mara and Tom at their browsers, who do not know each other."""
    names = {"mara": "Mara Lindqvist", "tom": "Tom Okafor"}
    board = BoardFactory(name="Charging", slug="charging")
    SpaceFactory(name="Heating", slug="heating", team=board.team)
    members = [
        MemberFactory(
            handle=handle, display_name=name, password=PASSWORD, address=True, trust_level=1
        )
        for handle, name in names.items()
    ]
    DraftFactory(author=members[0], board=board, title="Charge by day")
    return [signed_in(member=member, scripted=scripted) for member in members]


def become_friends(mara, tom):
    mara.page.goto("/people/tom/")
    press(mara, "Ask to be friends")
    expect(mara.page.get_by_text("You asked")).to_be_visible()
    tom.page.goto("/friends/requests/")
    press(tom, "Accept")
    expect(tom.page.get_by_role("button", name="Accept")).to_have_count(0)


def write_together(mara, tom, worker):
    """Mara's draft gets its title from Tom; Mara posts it. Returns its address."""
    draft = Idea.objects.get(title="Charge by day")
    mara.page.goto(f"/ideas/{draft.pk}/edit/")
    mara.page.get_by_role("link", name="Ask a friend").click()
    mara.page.get_by_label("Friend").fill("tom")
    press(mara, "Ask them")
    expect(mara.page.get_by_text("Tom Okafor is asked to co-write it.")).to_be_visible()
    worker()
    tom.page.goto("/notifications/")
    invitation = tom.page.get_by_role("main").get_by_text("Mara Lindqvist asks you to co-write")
    invitation.first.click()
    press(tom, "Co-write it")
    tom.page.get_by_label("Title", exact=True).fill("Charge at night")
    press(tom, "Keep as a draft")
    expect(tom.page.get_by_role("heading", name="Your drafts")).to_be_visible()
    mara.page.goto(f"/ideas/{draft.pk}/edit/")
    press(mara, "Post the idea")
    expect(mara.page.get_by_role("heading", name="Charge at night")).to_be_visible()
    return draft.get_absolute_url()


def ask_and_answer(mara, tom):
    """Tom asks, Mara knows, Tom accepts and makes an idea of it. Returns both addresses."""
    page = tom.page
    page.goto("/forum/topics/new/")
    page.get_by_label("Title").fill(QUESTION)
    page.get_by_label("Text").fill("It is dark here.")
    page.get_by_label("Space").select_option(label="Heating")
    page.get_by_role("button", name="Post the topic").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    topic = Topic.objects.get().get_absolute_url()
    mara.page.goto(topic)
    mara.page.get_by_label("Your reply").fill("Behind the door of the cellar.")
    press(mara, "Post the reply")
    expect(mara.page.get_by_text("Behind the door").first).to_be_visible()
    page.goto(topic)
    press(tom, "Accept as the answer")
    expect(page.get_by_role("region", name="The accepted answer")).to_contain_text("Behind the")
    page.get_by_text("Turn into an idea").click()
    panel = page.get_by_role("region", name="Ideas from this topic")
    panel.get_by_label("Board").select_option(label="Charging")
    panel.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_label("Title")).to_have_value(QUESTION)
    page.get_by_role("button", name="Post the idea").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    return topic, Idea.objects.get(title=QUESTION).get_absolute_url()


def read_the_digest(reader, worker):
    worker()
    assert digests.make_due() == 1
    mailing.send_waiting()
    reader.page.goto("/mailbox/")
    letter = reader.page.locator("details.mail").filter(
        has_text="Tom Okafor commented on “Charge at night”"
    )
    letter.get_by_role("link", name=re.compile("unsubscribe")).first.click()
    reader.page.get_by_role("button", name="No more summaries").click()
    expect(reader.page.get_by_role("heading", name="No more e-mails")).to_be_visible()


def take_everything_along(mara, place, *, scripted):
    page = mara.page
    page.goto("/settings/data/")
    page.get_by_role("button", name="Make a copy").click()
    exporting.make_waiting()
    page.goto("/settings/data/")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download")).click()
    download.value.save_as(place)
    with ZipFile(place) as archive:
        assert [row["title"] for row in json.loads(archive.read("ideas.json"))] == [
            "Charge at night"
        ]
        assert "cellar" in json.loads(archive.read("replies.json"))[0]["body"]
    close(page, "mara", scripted=scripted)
    Departure.objects.update(due_at=timezone.now())
    departing.erase_due()


def test_a_member_s_life(pair, person, scripted, worker, tmp_path):
    mara, tom = pair
    become_friends(mara, tom)
    choose_daily(mara.page)
    idea = write_together(mara, tom, worker)
    topic, second = ask_and_answer(mara, tom)
    tom.page.goto(idea)
    tom.page.get_by_label("Your comment").fill("The tariff is lower then.")
    tom.page.get_by_role("button", name="Post the comment").click()
    expect(tom.page.get_by_text("The tariff is lower then.")).to_be_visible()

    reader = person(scripted=scripted)
    read_the_digest(reader, worker)
    take_everything_along(mara, tmp_path / "copy.zip", scripted=scripted)

    # The rest of the site reads well, and the name is nowhere.
    worker()
    for address in (idea, topic, second, "/", "/ideas/", "/forum/", "/changelog/"):
        assert reader.page.goto(address).status == 200
        expect(reader.page.get_by_text("Mara Lindqvist")).to_have_count(0)
    reader.page.goto(idea)
    expect(reader.page.get_by_text("Former member").first).to_be_visible()
    expect(reader.page.get_by_text("The tariff is lower then.")).to_be_visible()
    for address in ("/feed/", "/friends/", "/notifications/", "/drafts/"):
        assert tom.page.goto(address).status == 200
        expect(tom.page.get_by_text("Mara Lindqvist")).to_have_count(0)
    assert mara.complaints == tom.complaints == reader.complaints == []
