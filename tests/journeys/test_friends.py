"""Two members become friends, and one of them keeps a third away."""

import pytest
from playwright.sync_api import expect

from community import services
from tests.factories.community import PASSWORD, MemberFactory, befriend

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def member(handle, name):
    return MemberFactory(
        handle=handle, display_name=name, password=PASSWORD, address=True, trust_level=1
    )


@pytest.fixture
def cast(site):
    """Hanneke knows both Mara and Tom, and Pia is known to Hanneke alone."""
    names = {"mara": "Mara Lindqvist", "tom": "Tom Okafor", "hanneke": "Hanneke Visser"}
    found = {handle: member(handle, name) for handle, name in names.items()}
    found["pia"] = member("pia", "Pia Sommer")
    for handle in ("mara", "tom", "pia"):
        befriend(found["hanneke"], found[handle])
    return found


def press(somebody, name):
    somebody.page.get_by_role("main").get_by_role("button", name=name).first.click()


def search(somebody, words):
    page = somebody.page
    page.goto("/people/")
    page.get_by_label("Name or handle").fill(words)
    page.get_by_role("main").get_by_role("button", name="Find").click()


def test_from_a_search_to_a_friendship_and_a_block(cast, signed_in, worker, scripted):
    mara = signed_in(member=cast["mara"], scripted=scripted)
    tom = signed_in(member=cast["tom"], scripted=scripted)

    # Mara looks for Tom, sees whom both know, and asks.
    search(mara, "okaf")
    mara.page.get_by_role("link", name="Tom Okafor").click()
    expect(mara.page.get_by_text("Hanneke Visser is a friend of you both")).to_be_visible()
    press(mara, "Ask to be friends")
    expect(mara.page.get_by_text("You asked")).to_be_visible()

    # Tom is told, and accepts.
    worker()
    tom.page.goto("/notifications/")
    tom.page.get_by_role("link", name="Mara Lindqvist asks to be friends with you").click()
    expect(tom.page.get_by_role("heading", name="Friend requests")).to_be_visible()
    press(tom, "Accept")
    expect(tom.page.get_by_role("button", name="Accept")).to_have_count(0)
    tom.page.goto("/friends/")
    expect(tom.page.get_by_role("link", name="Mara Lindqvist")).to_be_visible()
    mara.page.goto("/people/tom/friends/")
    expect(mara.page.get_by_role("link", name="Hanneke Visser").first).to_be_visible()

    # Pia is suggested to Mara, who does not want to be told again.
    mara.page.goto("/friends/suggestions/")
    expect(mara.page.get_by_role("link", name="Pia Sommer")).to_be_visible()
    expect(mara.page.get_by_text("Friends with Hanneke Visser")).to_be_visible()
    press(mara, "Not now")
    expect(mara.page.get_by_role("link", name="Pia Sommer")).to_have_count(0)
    mara.page.goto("/friends/suggestions/")
    expect(mara.page.get_by_role("link", name="Pia Sommer")).to_have_count(0)

    # Tom blocks Mara: no friends any more, and no page of his for her.
    tom.page.goto("/people/mara/block/")
    press(tom, "Block")
    expect(tom.page.get_by_text("You blocked Mara Lindqvist.")).to_be_visible()
    tom.page.goto("/friends/")
    expect(tom.page.get_by_role("link", name="Mara Lindqvist")).to_have_count(0)
    assert mara.page.goto("/people/tom/").status == 404
    search(mara, "okaf")
    expect(mara.page.get_by_role("link", name="Tom Okafor")).to_have_count(0)
    assert tom.complaints == []
    assert [words for words in mara.complaints if "404" not in words] == []


def test_a_declined_request_is_told_to_nobody(cast, signed_in, scripted):
    services.ask(member=cast["mara"], other=cast["tom"])
    tom = signed_in(member=cast["tom"], scripted=scripted)
    tom.page.goto("/friends/requests/")
    press(tom, "Decline")
    expect(tom.page.get_by_role("button", name="Decline")).to_have_count(0)
    tom.page.goto("/friends/requests/")
    expect(tom.page.get_by_role("link", name="Mara Lindqvist")).to_have_count(0)
    mara = signed_in(member=cast["mara"], scripted=scripted)
    mara.page.goto("/people/tom/")
    expect(mara.page.get_by_text("You asked")).to_be_visible()
    assert tom.complaints == mara.complaints == []
