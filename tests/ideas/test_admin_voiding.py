"""Moderators void votes in the admin: conditions, a trial, a second person, and the way back."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from ideas.models import Support, Voiding
from ideas.services import voiding
from tests.factories.community import MemberFactory
from tests.factories.ideas import supported
from tests.factories.voiding import moderator, pleaded, voided

pytestmark = pytest.mark.django_db

LIST = "/admin/ideas/voiding/"


def browser(member):
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def mina(db):
    return moderator("mina")


@pytest.fixture
def by_mina(mina):
    return browser(mina)


@pytest.fixture
def by_max(db):
    return browser(moderator("max"))


@pytest.fixture
def ring(idea):
    return supported(idea, 2)


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def change(made):
    return f"{LIST}{made.pk}/change/"


def do(client, made, deed, **said):
    """Post on the page of a deed, as it was shown; what the moderator reads then."""
    address = f"{LIST}{made.pk}/{deed}/"
    page = client.get(address)
    shown = page.context["form"].initial if page.status_code == 200 else {}
    answer = client.post(address, shown | said, follow=True)
    made.refresh_from_db()
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_an_address_fills_the_form(by_mina, ring, idea, board):
    query = f"?members={ring[0].pk},{ring[1].pk}&ideas={idea.pk}&boards={board.pk}&case=5"
    form = by_mina.get(f"{LIST}add/{query}").context["adminform"].form
    assert form["members"].value() == f"{ring[0].pk},{ring[1].pk}"
    assert (form["ideas"].value(), form["case_number"].value()) == (str(idea.pk), "5")
    assert form["boards"].value() == [board.pk]


def test_conditions_become_a_draft_with_a_trial(by_mina, ring, idea, mina):
    said = {
        "members": f"@{ring[0].handle}, {ring[1].pk}", "given_from": "2026-01-01T08:00",
        "counts": "counted", "summary": "From one desk.", "note": "See the log.",
    }  # fmt: skip
    answer = by_mina.post(f"{LIST}add/", said, follow=True)
    made = Voiding.objects.get()
    assert (made.made_by, made.summary, made.state) == (mina, "From one desk.", "draft")
    assert set(made.asked.members) == {one.pk for one in ring}
    assert made.asked.given_from.year == 2026
    trial = answer.context["trial"]
    assert (trial.votes, trial.members, trial.ideas) == (2, 2, 1)
    (effect,) = trial.effects
    assert (effect.now, effect.after, effect.share) == (2, 0, 100)
    assert sum(bar.votes for bar in trial.bars) == 2
    page = answer.content.decode()
    assert "These would count no more" in page
    assert idea.title in page
    assert "Votes by hour" in page
    assert Support.objects.counted().count() == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "conditions without any would void all of them"),
        ({"counts": "counted"}, "conditions without any would void all of them"),
        ({"members": "nobody"}, "Not known here: nobody"),
        ({"ideas": "x, 99999999999999999999"}, "Not known here: x"),
    ],
)
def test_what_would_void_all_or_nothing_is_said(by_mina, said, words):
    page = by_mina.post(f"{LIST}add/", {"summary": "From one desk."} | said)
    assert words in page.content.decode()
    assert not Voiding.objects.exists()


def test_a_draft_is_rewritten(by_mina, ring, idea, mina):
    made = pleaded(mina, members=[ring[0].pk])
    assert str(ring[0].pk) in read(by_mina, change(made))
    by_mina.post(change(made), {"ideas": str(idea.pk), "summary": "Others."})
    made.refresh_from_db()
    assert (made.summary, made.conditions) == ("Others.", {"ideas": [idea.pk]})


def test_it_is_carried_out_and_undone(by_mina, ring, idea, mina):
    made = pleaded(mina, ideas=[idea.pk])
    assert "2 votes fit now" in read(by_mina, f"{LIST}{made.pk}/carry-out/")
    do(by_mina, made, "carry-out")
    assert (made.state, Support.objects.counted().count()) == ("done", 0)
    do(by_mina, made, "undo", why="")
    assert made.state == "done"
    do(by_mina, made, "undo", why="They sit in one office.")
    assert (made.state, made.ended_why) == ("undone", "They sit in one office.")
    assert Support.objects.counted().count() == 2


def test_above_twenty_a_second_person_agrees(by_mina, by_max, idea, mina):
    supported(idea, 21)
    made = pleaded(mina, ideas=[idea.pk])
    assert "are voided by two people" in do(by_mina, made, "carry-out")
    do(by_mina, made, "ask")
    assert made.state == "waiting"
    assert "asks for a second person" in read(by_max, change(made))
    do(by_max, made, "carry-out")
    assert (made.state, made.done_by.handle) == ("done", "max")


def test_a_second_person_reads_names_and_finds_the_case(by_mina, by_max, ring, idea):
    one, other = ring
    said = {"members": f"{one.pk}, {other.pk}", "summary": "From one desk.", "case_number": "5"}
    by_mina.post(f"{LIST}add/", said)
    made = Voiding.objects.get()
    do(by_mina, made, "ask")
    page = read(by_max, change(made))
    assert f"Cast by: @{one.handle}, @{other.handle}" in page
    assert 'href="/admin/reputation/case/5/change/"' in page
    # Nothing has come of it yet.
    assert "Carried out by" not in page
    assert "Cancelled or undone" not in page


def test_votes_that_came_in_between_are_looked_at_first(by_mina, ring, idea, mina):
    made = pleaded(mina, ideas=[idea.pk])
    answer = by_mina.post(f"{LIST}{made.pk}/carry-out/", {"expected": 1}, follow=True)
    assert "not as many as you looked at" in answer.content.decode()


def test_cancelled_for_a_reason(by_mina, ring, idea, mina):
    made = pleaded(mina, ideas=[idea.pk])
    do(by_mina, made, "cancel", why="Class-mates.")
    assert (made.state, made.ended_why) == ("cancelled", "Class-mates.")
    assert "Class-mates." in read(by_mina, change(made))


@pytest.mark.parametrize("who", ["looks", "nobody"])
def test_others_look_or_stay_outside(who, ring, idea, mina):
    made = pleaded(mina, ideas=[idea.pk])
    other = MemberFactory(handle=who, is_staff=True)
    if who == "looks":
        other.user_permissions.add(Permission.objects.get(codename="view_voiding"))
    client = browser(other)
    assert client.get(change(made)).status_code == (200 if who == "looks" else 403)
    assert client.get(f"{LIST}add/").status_code == 403
    for deed in ("carry-out", "ask", "cancel", "undo"):
        do(client, made, deed, why="No.", expected=2)
    assert made.state == "draft"


def test_the_list_costs_the_same_for_more_rows(
    by_mina, ring, idea, mina, django_assert_num_queries
):
    voided(mina, members=[ring[0].pk])
    read(by_mina, LIST)
    with django_assert_num_queries(6):
        by_mina.get(LIST)
    voided(mina, members=[ring[1].pk])
    voiding.cancel(voiding=pleaded(mina, ideas=[idea.pk]), by=mina, why="No.")
    with django_assert_num_queries(6):
        by_mina.get(LIST)
