"""A member reports, a moderator decides, the author complains, another moderator overturns it."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from config import roles
from ideas.models import Idea
from moderation.models import Complaint
from tests.factories.community import PASSWORD, MemberFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.moderation import nobody_is_asked, rules_in_force

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def cast(committed):
    """Ada wrote it, Mara reads it, Moira and Mia moderate."""
    roles.set_up()
    rules_in_force("spam", "harassment")
    nobody_is_asked()
    people = {
        handle: MemberFactory(
            handle=handle,
            display_name=handle.title(),
            password=PASSWORD,
            address=True,
            is_staff=handle in ("moira", "mia"),
        )
        for handle in ("ada", "mara", "moira", "mia")
    }
    moderators = Group.objects.get(name=roles.MODERATORS)
    moderators.user_set.add(people["moira"], people["mia"])
    return people


def test_from_a_report_to_the_last_word(signed_in, cast, scripted):
    idea = IdeaFactory(author=cast["ada"], title="Lamps for everybody")

    mara = signed_in(member=cast["mara"], scripted=scripted).page
    mara.goto(f"/ideas/{idea.pk}/")
    mara.get_by_role("link", name="Report").click()
    mara.get_by_label("Rule on spam").check()
    mara.get_by_label("What should the moderators know?").fill("The third lamp this week.")
    mara.get_by_role("button", name="Report").click()
    expect(mara.get_by_text("A moderator will look at it.")).to_be_visible()

    moira = signed_in(member=cast["moira"]).page
    moira.goto("/admin/moderation/case/")
    moira.get_by_role("link", name="Lamps for everybody").click()
    expect(moira.get_by_text("The third lamp this week.")).to_be_visible()
    # The clause is filled in: an action, and the button.
    moira.get_by_label("Hide it").check()
    moira.locator("#id_facts").fill("It sells lamps.")
    moira.get_by_role("button", name="Decide", exact=True).click()
    expect(moira.get_by_text("Whom it concerns is told.")).to_be_visible()
    assert Idea.objects.get(pk=idea.pk).hidden_at

    ada = signed_in(member=cast["ada"], scripted=scripted).page
    ada.goto("/statements/")
    ada.get_by_role("link", name="Lamps for everybody").click()
    expect(ada.get_by_text("It sells lamps.")).to_be_visible()
    ada.get_by_role("link", name="Complain").click()
    ada.get_by_label("What is wrong with the decision?").fill("I give them away.")
    ada.get_by_role("button", name="Send the complaint").click()
    expect(ada.get_by_text("You complained.")).to_be_visible()

    number = Complaint.objects.get().pk
    mia = signed_in(member=cast["mia"]).page
    mia.goto("/admin/moderation/complaint/")
    mia.get_by_role("link", name="Lamps for everybody").click()
    mia.get_by_label("The complaint is right").check()
    mia.locator("#id_answer").fill("Giving lamps away is no advertising.")
    mia.get_by_role("button", name="Answer", exact=True).click()
    expect(mia.get_by_text("Whoever complained is told.")).to_be_visible()

    assert Complaint.objects.get(pk=number).outcome == "upheld"
    assert Idea.objects.get(pk=idea.pk).hidden_at is None
    ada.reload()
    expect(ada.get_by_text("Giving lamps away is no advertising.").first).to_be_visible()
    mara.goto(f"/ideas/{idea.pk}/")
    expect(mara.get_by_role("heading", name="Lamps for everybody")).to_be_visible()
