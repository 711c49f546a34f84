"""Moderators look into votes, in the admin."""

import re

import pytest

from community.models import SignIn
from reputation.models import Case, Vouch
from reputation.services import claim, watch
from tests.factories.community import befriend
from tests.factories.ideas import IdeaFactory
from tests.factories.votes import background, ring
from tests.moderation.conftest import a_moderator

pytestmark = pytest.mark.django_db
LIST = "/admin/reputation/case/"


@pytest.fixture
def moira():
    return a_moderator("moira")


@pytest.fixture
def members():
    background()
    return ring()


@pytest.fixture
def case(members):
    watch(whole=True)
    return Case.objects.get()


def page_of(case):
    return f"{LIST}{case.pk}/change/"


def test_the_list_shows_what_waits(case, moira, signed_in):
    client = signed_in(moira)
    page = client.get(LIST).content.decode()
    assert f"#{case.pk}" in page
    assert "Ring" in page
    Case.objects.update(state="dismissed")
    assert f"#{case.pk}" not in client.get(LIST).content.decode()
    for query in ("?state=all", "?state=dismissed", "?state=all&detector=reciprocal"):
        assert f"#{case.pk}" in client.get(LIST + query).content.decode()


def test_the_picture_has_a_mark_for_each_vote_and_a_node_for_each_member(case, moira, signed_in):
    page = signed_in(moira).get(page_of(case)).content.decode()
    timeline, circle = re.findall(r"<svg[^>]*role=\"img\".*?</svg>", page, re.DOTALL)
    assert timeline.count("<path d=") == case.vote_count + 16 == 64
    assert "16 ideas" in timeline
    assert circle.count("<circle") == 4
    assert circle.count("marker-end") == 12
    assert "style=" not in timeline + circle


def test_the_picture_can_be_read_as_tables(case, moira, signed_in):
    """By who sees none: all votes, who votes for whom, and who votes for the same ideas."""
    response = signed_in(moira).get(page_of(case))
    look = response.context["look"]
    assert (len(look.table), len(look.supports), len(look.together)) == (48, 12, 6)
    voter, author, votes = look.supports[0]
    assert (voter != author, votes) == (True, 4)
    assert {times for _one, _other, times in look.together} == {8}
    page = response.content.decode()
    assert page.count("<tr><td") == 48 + 12 + 6
    assert f'<td class="pr-4 py-1">{voter.label} · {voter.member.display_name}</td>' in page


def test_it_says_who_they_are_to_each_other(case, members, moira, signed_in):
    one, other, third, _fourth = members
    befriend(one, other)
    for member in (one, third):
        SignIn.objects.create(member=member, way="password", block="203.0.113.0/24")
    idea = IdeaFactory(title="Lamps at night")
    case.votes.filter(idea_id=900_000).update(idea_id=idea.pk)
    response = signed_in(moira).get(page_of(case))
    look = response.context["look"]
    labels = {person.member.pk: person.label for person in look.people}
    shown = {person.member: (list(person.networks), person.friends) for person in look.people}
    assert shown[one] == (["1"], [labels[other.pk]])
    assert shown[other] == ([], [labels[one.pk]])
    assert shown[third] == (["1"], [])
    page = response.content.decode()
    assert "Lamps at night" in page
    assert "203.0.113" not in page


def test_a_case_is_claimed_and_dismissed_with_a_reason(case, moira, signed_in):
    client = signed_in(moira)
    client.post(f"{LIST}{case.pk}/claim/do/")
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == ("claimed", moira)
    again = client.post(f"{LIST}{case.pk}/dismiss/do/", {"reason": " "})
    assert 'role="alert"' in again.content.decode()
    client.post(f"{LIST}{case.pk}/dismiss/do/", {"reason": "One class."})
    case.refresh_from_db()
    assert case.state == "dismissed"
    assert "One class." in client.get(page_of(case)).content.decode()


def test_what_another_looks_into_is_refused_in_words(case, moira, signed_in):
    claim(case=case, by=a_moderator("mia"))
    client = signed_in(moira)
    answer = client.post(f"{LIST}{case.pk}/dismiss/do/", {"reason": "A class of mine."})
    page = answer.content.decode()
    assert "looks into this already" in page
    assert "Claim</" not in page
    client.post(f"{LIST}{case.pk}/release/do/")
    case.refresh_from_db()
    assert case.state == "claimed"


def test_the_way_to_voiding_names_votes_and_case(case, admin_member, signed_in):
    page = signed_in(admin_member).get(page_of(case)).content.decode()
    [address] = re.findall(r'href="(/admin/ideas/voiding/add/[^"]+)"', page)
    assert f"case={case.pk}" in address
    assert re.search(r"members=\d+(,\d+){3}&", address)


def test_others_are_not_let_in(case, stranger, moira, signed_in):
    assert signed_in(stranger).get(page_of(case)).status_code == 302
    stranger.is_staff = True
    stranger.save()
    client = signed_in(stranger)
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(case)).status_code == 403
    assert client.post(f"{LIST}{case.pk}/claim/do/").status_code == 403
    assert signed_in(moira).get(f"{LIST}{case.pk}/claim/do/").status_code == 405
    assert signed_in(moira).post(f"{LIST}{case.pk}/delete/do/").status_code == 403
    assert signed_in(moira).get(f"{LIST}999/change/").status_code == 404


def test_list_and_page_cost_the_same_for_one_and_three(
    case, moira, signed_in, django_assert_num_queries
):
    client = signed_in(moira)
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    with django_assert_num_queries(17):
        client.get(page_of(case))
    for place, size in enumerate((5, 6)):
        ring(size=size, first_idea=910_000 + 1000 * place)
    watch(whole=True)
    assert Case.objects.count() == 3
    with django_assert_num_queries(6):
        client.get(LIST)
    largest = Case.objects.order_by("-vote_count").first()
    with django_assert_num_queries(17):
        client.get(page_of(largest))


def test_all_votes_and_all_runs_are_listed(case, admin_member, signed_in):
    client = signed_in(admin_member)
    votes = client.get(f"/admin/reputation/casevote/?q={case.pk}")
    assert votes.context["cl"].result_count == 48
    assert client.get("/admin/reputation/watch/").status_code == 200


def test_a_member_is_vouched_for_and_no_more(member, admin_member, signed_in):
    client = signed_in(admin_member)
    there = client.get(f"/admin/community/member/{member.pk}/vouch/")
    assert there.url == f"/admin/reputation/vouch/add/?member={member.pk}"
    assert client.get(there.url).status_code == 200
    client.post(there.url, {"member": member.pk, "why": "Met at the assembly."})
    made = Vouch.objects.get()
    assert (made.member, made.by) == (member, admin_member)
    listed = client.get("/admin/reputation/vouch/")
    assert "Met at the assembly." in listed.content.decode()
    assert client.get(f"/admin/reputation/vouch/{made.pk}/change/").status_code == 200
    client.post(
        "/admin/reputation/vouch/", {"action": "end", "_selected_action": [made.pk], "index": 0}
    )
    made.refresh_from_db()
    assert made.ended_at is not None


def test_nobody_vouches_for_themselves(admin_member, signed_in):
    said = {"member": admin_member.pk, "why": "Me."}
    answer = signed_in(admin_member).post("/admin/reputation/vouch/add/", said)
    assert "Somebody else vouches for you." in answer.content.decode()
    assert not Vouch.objects.exists()
