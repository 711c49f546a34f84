import pytest

from community import circle, services
from community.models import Block, Dismissal, Friendship, Mute
from tests.factories.community import MemberFactory, befriend

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
TOM = "/people/tom/"


def state(one, other):
    return circle.between(one, other).state


def want(client, what, **headers):
    return client.post(f"{TOM}friendship/", {"want": what}, headers=headers)


@pytest.mark.parametrize("address", ["/friends/", "/friends/requests/", "/friends/suggestions/"])
def test_visitors_are_asked_to_sign_in(visitor, address):
    assert visitor.get(address).headers["Location"] == f"/accounts/login/?next={address}"


def test_from_asking_to_friends_without_javascript(as_member, signed_in, member, stranger):
    assert b'value="ask"' in as_member.get(TOM).content
    assert want(as_member, "ask").headers["Location"] == TOM
    assert b'value="withdraw"' in as_member.get(TOM).content
    tom = signed_in(stranger)
    inbox = tom.get("/friends/requests/").content.decode()
    assert "Mara Lindqvist" in inbox
    assert 'value="accept"' in inbox
    answer = tom.post("/people/mara/friendship/", {"want": "accept", "next": "/friends/requests/"})
    assert answer.headers["Location"] == "/friends/requests/"
    assert state(member, stranger) == "friends"
    assert "Tom Okafor" in as_member.get("/friends/").content.decode()
    want(as_member, "end")
    assert state(member, stranger) == "none"


def test_with_htmx_the_part_is_answered(as_member, stranger):
    page = want(as_member, "ask", **HTMX)
    assert page.status_code == 200
    assert page.content.decode().lstrip().startswith('<div class="bond')
    assert b'value="withdraw"' in page.content
    # Withdrawn today, it can be made again in 30 days.
    assert b"You can ask again on" in want(as_member, "withdraw", **HTMX).content


@pytest.mark.parametrize("htmx", [True, False])
def test_a_refusal_says_why(as_member, stranger, htmx):
    page = want(as_member, "accept", **(HTMX if htmx else {}))
    if htmx:
        assert page.status_code == 403
        assert 'role="alert"' in page.content.decode()
    else:
        page = as_member.get(page.headers["Location"])
    assert "withdrawn" in page.content.decode()


def test_a_newcomer_reads_what_is_missing(signed_in, newcomer, stranger):
    page = signed_in(newcomer).get(TOM).content.decode()
    assert "from trust level 1 (Member) on" in page
    assert 'value="ask"' not in page


@pytest.mark.parametrize("what", ["", "toggle", "\x00"])
def test_other_deeds_make_no_sense(as_member, stranger, what):
    assert want(as_member, what).status_code == 400
    assert not Friendship.objects.exists()


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_nobody_is_led_elsewhere(as_member, stranger, place):
    answer = as_member.post(f"{TOM}friendship/", {"want": "ask", "next": place})
    assert answer.headers["Location"] == TOM


@pytest.mark.parametrize("deed", ["friendship", "block", "mute", "suggestion/dismiss"])
def test_who_is_blocked_finds_nobody_to_do_it_to(as_member, member, stranger, deed):
    services.block(member=stranger, other=member)
    data = {"want": "ask", "on": "true"}
    assert as_member.post(f"{TOM}{deed}/", data).status_code == 404
    assert as_member.post(f"/people/nobody/{deed}/", data).status_code == 404


def test_blocking_and_unblocking(as_member, member, stranger):
    befriend(member, stranger)
    assert "Block Tom Okafor?" in as_member.get(f"{TOM}block/").content.decode()
    assert not Block.objects.exists()
    page = as_member.post(f"{TOM}block/", {"on": "true"}, follow=True)
    assert "Unblock" in page.content.decode()
    assert state(member, stranger) == "none"
    assert "Tom Okafor" in as_member.get("/settings/distance/").content.decode()
    as_member.post(f"{TOM}block/", {"on": "false"})
    assert not Block.objects.exists()


def test_nobody_blocks_themselves(as_member):
    assert as_member.get("/people/mara/block/").status_code == 403
    assert as_member.post("/people/mara/mute/", {"on": "true"}).status_code == 403


def test_muting_and_unmuting(as_member, stranger):
    as_member.post(f"{TOM}mute/", {"on": "true"})
    as_member.post(f"{TOM}mute/", {"on": "true"})
    assert Mute.objects.count() == 1
    assert "Tom Okafor" in as_member.get("/settings/distance/?list=muted").content.decode()
    as_member.post(f"{TOM}mute/", {"on": "false"})
    assert not Mute.objects.exists()


def test_a_suggestion_says_why_and_can_be_dismissed(as_member, member, stranger):
    friend = MemberFactory(display_name="Ada Brandt")
    befriend(member, friend)
    befriend(friend, stranger)
    page = as_member.get("/friends/suggestions/").content.decode()
    assert "Tom Okafor" in page
    assert "Friends with Ada Brandt" in page
    gone = as_member.post(f"{TOM}suggestion/dismiss/", headers=HTMX)
    assert (gone.status_code, gone.content) == (200, b"")
    assert Dismissal.objects.count() == 1
    assert "Tom Okafor" not in as_member.get("/friends/suggestions/").content.decode()


def test_requests_say_who_you_both_know(as_member, member, stranger):
    friend = MemberFactory()
    befriend(member, friend)
    befriend(friend, stranger)
    services.ask(member=stranger, other=member)
    assert "1 friend in common" in as_member.get("/friends/requests/").content.decode()


def test_an_old_request_can_be_made_again(as_member, member, stranger):
    services.ask(member=member, other=stranger)
    page = as_member.get("/friends/requests/?list=sent").content.decode()
    assert "Ask again" not in page
    row = Friendship.objects.get()
    row.requested_at = row.lo_asked_at = row.hi_asked_at = member.date_joined.replace(year=2020)
    row.save()
    assert "Ask again" in as_member.get("/friends/requests/?list=sent").content.decode()


LISTS = {
    # Session and member, the unread count, requests that wait, and the list.
    "/friends/": 5,
    # And the friends in common of all of them.
    "/friends/requests/": 6,
    "/friends/requests/?list=sent": 5,
    "/settings/distance/": 4,
    "/settings/distance/?list=muted": 4,
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_with_more_rows(
    as_member, member, address, rows, django_assert_num_queries
):
    for _row in range(rows):
        friend, asker, asked, away = MemberFactory.create_batch(4)
        befriend(member, friend)
        services.ask(member=asker, other=member)
        services.ask(member=member, other=asked)
        services.block(member=member, other=away)
        services.mute_member(member=member, other=friend)
    as_member.get(address)
    with django_assert_num_queries(LISTS[address]):
        page = as_member.get(address)
    assert len(page.context["page"]["items"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_suggestions_cost_the_same_with_more_rows(
    as_member, member, rows, django_assert_num_queries
):
    friend = MemberFactory()
    befriend(member, friend)
    for other in MemberFactory.create_batch(rows):
        befriend(friend, other)
    as_member.get("/friends/suggestions/")
    with django_assert_num_queries(12):
        page = as_member.get("/friends/suggestions/")
    assert len(page.context["suggestions"]) == rows


@pytest.mark.parametrize("address", ["/friends/", "/friends/requests/", "/settings/distance/"])
def test_a_forged_cursor_is_refused(as_member, address):
    assert as_member.get(f"{address}?cursor=x").status_code == 400


def test_friends_are_paged(member):
    for other in MemberFactory.create_batch(5):
        befriend(member, other)
    shown = []
    page = circle.friends_of(member, member, size=2)
    while True:
        shown += [row.friend_id for row in page.items]
        if not page.next:
            break
        page = circle.friends_of(member, member, cursor=page.next, size=2)
    assert len(shown) == len(set(shown)) == 5
