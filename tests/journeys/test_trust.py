"""A member earns a level and what it brings, loses points with a ring's votes, reads why, and gets
them back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from playwright.sync_api import expect

from ideas.services.supporting import give_support
from tests.factories.community import PASSWORD, MemberFactory
from tests.factories.ideas import BoardFactory, IdeaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

WHY = "Three accounts of one person supported everything Tom wrote."
SORRY = "They are three sisters who share a tablet. We asked them."


@pytest.fixture
def board(site):
    return BoardFactory(name="Charging", slug="charging", team__name="Charging")


@pytest.fixture
def tom(board):
    """A newcomer of last week, with two ideas."""
    tom = MemberFactory(
        handle="tom", display_name="Tom Okafor", password=PASSWORD, address=True, trust_level=0,
        date_joined=timezone.now() - timedelta(days=7),
    )  # fmt: skip
    for title in ("A longer cable", "A lamp on the socket"):
        IdeaFactory(board=board, author=tom, title=title)
    return tom


@pytest.fixture
def kaya(site):
    """May look into votes and void them."""
    kaya = MemberFactory(handle="kaya", password=PASSWORD, address=True, is_staff=True)
    codes = ["add_voiding", "change_voiding", "view_voiding"]
    kaya.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return kaya


def support(idea, page):
    page.goto(idea.get_absolute_url())
    about = page.get_by_role("complementary", name="About this idea")
    about.get_by_role("button", name="Support").click()
    expect(about.get_by_role("button", name="Supported")).to_be_visible()


def standing(page):
    page.goto("/members/tom/points/")
    return page.locator(".points-standing b")


def test_a_level_is_earned_and_brings_something(board, tom, signed_in, worker, scripted):
    hanneke = MemberFactory(handle="hanneke", display_name="Hanneke Bakker")
    somebody = signed_in(member=tom, scripted=scripted)
    page = somebody.page

    # He is new. Friends can be asked from the next level on, and the page says which that is.
    page.goto(hanneke.get_absolute_url())
    expect(page.get_by_text("from trust level 1 (Member) on")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="What trust levels are").first.click()
    expect(page.get_by_role("heading", name="Where you are")).to_be_visible()

    # On a site as small as this, three deeds are enough.
    for title in ("Charge at night", "A quieter fan", "Prices on the map"):
        support(IdeaFactory(board=board, title=title), page)
    worker()
    page.goto("/notifications/")
    page.get_by_role("link", name="You have reached a trust level").first.click()
    expect(page.get_by_text("Next: Regular")).to_be_visible()

    # Now he may ask.
    page.goto(hanneke.get_absolute_url())
    page.get_by_role("main").get_by_role("button", name="Ask to be friends").first.click()
    expect(page.get_by_text("You asked")).to_be_visible()
    assert somebody.complaints == []


def test_points_go_with_a_ring_and_come_back(tom, kaya, signed_in, worker, scripted):
    ring = [MemberFactory(display_name=name) for name in ("Ada", "Bea", "Cleo")]
    for idea in tom.ideas.all():
        for member in [*ring, MemberFactory()]:
            give_support(idea=idea, member=member)
    worker()
    reads = signed_in(member=tom, scripted=scripted)
    expect(standing(reads.page)).to_have_text("80")

    # A moderator makes the ring's votes void, after a look at what that would do.
    moderator = signed_in(member=kaya).page
    members = ",".join(str(member.pk) for member in ring)
    moderator.goto(f"/admin/ideas/voiding/add/?members={members}")
    moderator.get_by_label("Public reason").fill(WHY)
    moderator.get_by_role("button", name="Save", exact=True).click()
    expect(moderator.get_by_role("heading", name="What it would do now")).to_be_visible()
    draft = moderator.url.removesuffix("change/")
    moderator.goto(f"{draft}carry-out/")
    moderator.get_by_role("button", name="Void these votes").click()
    expect(moderator.get_by_text("State now: In force")).to_be_visible()
    worker()

    # Tom reads how many points went, and why.
    page = reads.page
    expect(standing(page)).to_have_text("20")
    lost = page.get_by_role("listitem").filter(has_text="votes made void")
    expect(lost).to_have_count(6)
    expect(lost.first).to_contain_text("supported your idea")
    lost.first.get_by_role("link", name="The reason").click()
    expect(page.get_by_text(WHY)).to_be_visible()

    # It was an error, and everything is as before.
    moderator.goto(f"{draft}undo/")
    moderator.get_by_label("Why").fill(SORRY)
    moderator.get_by_role("button", name="Undo it").click()
    expect(moderator.get_by_text("State now: Undone")).to_be_visible()
    worker()
    expect(standing(page)).to_have_text("80")
    back = page.get_by_role("listitem").filter(has_text="votes reinstated")
    expect(back).to_have_count(6)
    back.first.get_by_role("link", name="The reason").click()
    expect(page.get_by_text(SORRY)).to_be_visible()
    assert reads.complaints == []
