"""A member takes everything along, goes, comes back, and goes for good."""

import json
import re
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from community.models import Departure, Member
from community.services import departing, exporting
from ideas.services.supporting import give_support
from tests.factories.community import PASSWORD, MemberFactory
from tests.factories.ideas import IdeaFactory, said_on
from tests.journeys.conftest import letters_to
from tests.journeys.test_tour import LIGHT, faults

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("private_place"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def mara(site):
    mara = MemberFactory(
        handle="mara", display_name="Mara Lindqvist", password=PASSWORD, address=True
    )
    idea = IdeaFactory(author=mara, title="A lamp for everybody")
    give_support(idea=idea, member=MemberFactory(handle="tom"))
    said_on(idea, "I would use it.", by=MemberFactory(display_name="Olga Petrova"))
    return mara


def look(page, scripted):
    """These pages show themselves to nobody on the tour. The checker is a script."""
    assert not scripted or faults(page, LIGHT) == []


def close(page, handle, *, scripted):
    page.goto("/settings/data/")
    page.get_by_role("link", name="Delete my account").click()
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Confirm").click()
    look(page, scripted)
    page.get_by_label("Remove what I wrote").check()
    page.get_by_label(re.compile("Type your handle")).fill(handle)
    page.get_by_role("button", name="Close and delete my account").click()
    expect(page.get_by_role("heading", name="Your account is closed")).to_be_visible()


def test_a_copy_is_made_while_one_looks_at_it(signed_in, mara, scripted, tmp_path):
    person = signed_in(member=mara, scripted=scripted)
    page = person.page
    page.goto("/settings/data/")
    page.get_by_role("button", name="Make a copy").click()
    expect(page.get_by_text("Your copy is being made.")).to_be_visible()
    look(page, scripted)
    exporting.make_waiting()
    if not scripted:
        page.get_by_role("link", name="Look again").click()
        page.reload()
    expect(page.get_by_text("Your copy is ready.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download")).click()
    download.value.save_as(tmp_path / "copy.zip")
    with ZipFile(tmp_path / "copy.zip") as archive:
        assert json.loads(archive.read("ideas.json"))[0]["title"] == "A lamp for everybody"
    assert person.complaints == []


def test_leaving_coming_back_and_leaving_for_good(signed_in, person, mara, scripted, worker):
    leaving = signed_in(member=mara, scripted=scripted)
    page = leaving.page
    with letters_to("mara@example.org") as letters:
        close(page, "mara", scripted=scripted)
        worker()
    assert [letter.subject for letter in letters] == ["Your account is closed"]
    assert person().page.goto("/people/mara/").status == 404

    leaving.sign_in("mara@example.org")
    look(page, scripted)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Welcome back.")).to_be_visible()
    assert person().page.goto("/people/mara/").status == 200

    close(page, "mara", scripted=scripted)
    Departure.objects.update(due_at=timezone.now())
    departing.erase_due()
    assert Member.objects.get(pk=mara.pk).email.endswith("@deleted.invalid")

    reader = person(scripted=scripted)
    reader.page.goto("/ideas/?order=new")
    reader.page.get_by_role("link", name="Removed by its author").first.click()
    expect(reader.page.get_by_text("Former member").first).to_be_visible()
    expect(reader.page.get_by_text("I would use it.")).to_be_visible()
    expect(reader.page.get_by_text("Mara Lindqvist")).to_have_count(0)
    assert reader.complaints == leaving.complaints == []
