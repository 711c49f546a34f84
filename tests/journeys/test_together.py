"""Two friends write a draft together, and a third reads of it in the feed."""

import pytest
from playwright.sync_api import expect

from community.models import Member
from ideas.models import Contribution, Idea
from tests.factories.community import befriend
from tests.factories.ideas import BoardFactory, DraftFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def member_of(handle):
    return Member.objects.get(handle=handle)


def test_friends_write_a_draft_together(site, signed_in, worker, scripted):
    ada = signed_in("ada", display_name="Ada Brandt", scripted=scripted)
    frida = signed_in("frida", display_name="Frida Nowak", scripted=scripted)
    tom = signed_in("tom", display_name="Tom Okafor", scripted=scripted)
    befriend(member_of("ada"), member_of("frida"))
    befriend(member_of("ada"), member_of("tom"))
    board = BoardFactory(name="Charging", slug="charging")
    draft = DraftFactory(author=member_of("ada"), board=board, title="Charge by day")

    # Ada asks Frida, who reads of it in her notifications and says yes.
    page = ada.page
    page.goto(f"/ideas/{draft.pk}/edit/")
    page.get_by_role("link", name="Ask a friend").click()
    page.get_by_label("Friend").fill("frida")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("Frida Nowak is asked to co-write it.")).to_be_visible()
    worker()
    page = frida.page
    page.goto("/notifications/")
    page.get_by_role("main").get_by_text("Ada Brandt asks you to co-write").first.click()
    page.get_by_role("button", name="Co-write it").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Charge by day")

    # Both write at once. The slower one sees both texts, and decides.
    ada.page.goto(f"/ideas/{draft.pk}/edit/")
    page.get_by_label("Title", exact=True).fill("Charge at noon")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_role("heading", name="Your drafts")).to_be_visible()
    page = ada.page
    page.get_by_label("Title", exact=True).fill("Charge at dawn")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_text("This idea was changed while you were writing.")).to_be_visible()
    expect(page.locator("#theirs-name")).to_have_value("Charge at noon")
    expect(page.locator("input[name=title]")).to_have_value("Charge at dawn")

    # Having read it, Ada posts. Both stand there; Tom reads it in his feed.
    page.get_by_role("button", name="Post the idea").click()
    expect(page.get_by_role("heading", name="Charge at dawn")).to_be_visible()
    expect(page.get_by_role("link", name="Frida Nowak").first).to_be_visible()
    page = tom.page
    page.goto("/feed/")
    expect(page.get_by_text("Ada Brandt and Frida Nowak posted an idea")).to_be_visible()
    page.get_by_role("link", name="Charge at dawn").click()
    expect(page.get_by_role("heading", name="Charge at dawn")).to_be_visible()

    idea = Idea.objects.get(pk=draft.pk)
    parts = Contribution.objects.filter(idea=idea).values_list("member__handle", "part")
    assert set(parts) == {("ada", "author"), ("frida", "co_author")}
    for somebody in (ada, frida, tom):
        assert somebody.complaints == []
