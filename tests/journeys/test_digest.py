"""A daily digest: chosen, read in the mailbox of the demo, and ended with one click."""

import re

import pytest
from playwright.sync_api import expect

from community.models import Digest, Member
from community.services import digests, mailing
from ideas.services import discussing, following
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def choose_daily(page):
    page.goto("/settings/notifications/")
    page.get_by_label("Comments").select_option(label="By e-mail, once a day")
    # Whatever the clock says, today's hour has come.
    page.get_by_label("Daily and weekly e-mails come at").select_option("00:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


@pytest.mark.usefixtures("mailbox")
def test_a_digest_is_read_and_ended_with_one_click(signed_in, person, scripted, worker):
    mara = signed_in("mara", scripted=scripted)
    choose_daily(mara.page)
    idea = IdeaFactory(title="Charge at night", author__handle="ada")
    following.follow(idea=idea, member=Member.objects.get(handle="mara"))
    tom = MemberFactory(handle="tom", display_name="Tom Okafor")
    discussing.comment(idea=idea, by=tom, body="At noon, too.")
    worker()
    assert digests.make_due() == 1
    mailing.send_waiting()

    reader = person(scripted=scripted)
    reader.page.goto("/mailbox/")
    letter = reader.page.locator("details.mail").filter(has_text="News on “Charge at night”")
    expect(letter).to_contain_text("Tom Okafor commented on “Charge at night”")
    letter.get_by_role("link", name=re.compile("unsubscribe")).click()
    expect(reader.page.get_by_role("heading", name="No more e-mails?")).to_be_visible()
    reader.page.get_by_role("button", name="No more summaries").click()
    expect(reader.page.get_by_role("heading", name="No more e-mails")).to_be_visible()

    mara.page.goto("/settings/notifications/")
    expect(mara.page.get_by_label("Comments")).to_have_value("page")
    discussing.comment(idea=idea, by=tom, body="And in the morning.")
    worker()
    Digest.objects.all().delete()
    assert digests.make_due() == 0
    mara.page.goto("/notifications/")
    expect(mara.page.get_by_role("main")).to_contain_text("commented on “Charge at night”")
    assert mara.complaints == reader.complaints == []
