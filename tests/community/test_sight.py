"""One table: visibility × who looks × where. Pages, the API and searches give the same answers."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from community import services
from community.models import Member, MemberFollow
from community.models.sight import PARTS, Visibility, shows
from community.services import mailing
from config.pages import shelf
from ideas.services import discussing, feeding, following, supporting
from tests.factories.community import MemberFactory, befriend
from tests.factories.reputation import leads

pytestmark = pytest.mark.django_db

EVERYONE, MEMBERS, FRIENDS, ME = Visibility
# Who is shown what: the visibilities that a viewer reaches.
REACHES = {
    "visitor": {EVERYONE},
    "stranger": {EVERYONE, MEMBERS},
    "friend": {EVERYONE, MEMBERS, FRIENDS},
    "friend_of_friend": {EVERYONE, MEMBERS},
    "has_asked": {EVERYONE, MEMBERS},
    "blocked": set(),
    "blocker": set(),
    "team_member": {EVERYONE, MEMBERS},
    "moderator": {EVERYONE, MEMBERS},
    "member": {EVERYONE, MEMBERS, FRIENDS, ME},
}
LINK = "https://mara.example.org/"


@pytest.fixture
def cast(member, stranger, team_member, idea, supporter):
    """Mara, whose profile it is, and all who look at it."""
    friend, friend_of_friend, has_asked, blocked, blocker = MemberFactory.create_batch(5)
    moderator = MemberFactory(is_staff=True)
    befriend(member, friend)
    befriend(friend, friend_of_friend)
    services.ask(member=has_asked, other=member)
    services.block(member=member, other=blocked)
    services.block(member=blocker, other=member)
    services.save_about(
        member=member,
        bio="Reads **tariffs**.",
        location="Lübeck",
        tags=["tides"],
        links=[LINK],
    )
    supporting.give_support(idea=idea, member=member)
    discussing.comment(idea=idea, by=member, body="At night, please.", kind="comment")
    leads(member)
    # Whoever keeps away, or is kept away, hears nothing though a follow should have been left.
    followers = (friend, friend_of_friend, has_asked, blocked, blocker, stranger, team_member)
    MemberFollow.objects.bulk_create(
        MemberFollow(member=one, followed=member) for one in (*followers, moderator)
    )
    return {
        "visitor": None,
        "stranger": stranger,
        "friend": friend,
        "friend_of_friend": friend_of_friend,
        "has_asked": has_asked,
        "blocked": blocked,
        "blocker": blocker,
        "team_member": team_member,
        "moderator": moderator,
        "member": member,
    }


def browser(client, who):
    shelf.clear()
    client.logout()
    if who is not None:
        client.force_login(who)
    return client


def page(client, who, address, marks):
    """Whether an open page holds a mark; a page that is not there shows nothing."""
    answer = browser(client, who).get(address)
    assert answer.status_code in (200, 404)
    text = answer.content.decode()
    return answer.status_code == 200 and all(mark in text for mark in marks)


def api(who, address):
    client = APIClient()
    client.force_authenticate(who)
    answer = client.get(f"/api/v1/{address}")
    return answer.json() if answer.status_code == 200 else None


def in_results(who, address, of=lambda row: row["handle"]):
    return "mara" in [of(row) for row in api(who, address)["results"]]


def of_friend(row):
    return row["member"]["handle"]


def feed(client, who, words):
    """Whether a line of the feed says so."""
    return words in browser(client, who).get("/feed/").content.decode()


def feed_by_api(who, words):
    return words in [line["sentence"] for line in api(who, "feed/")["results"]]


def atom(client, who, words):
    secret = feeding.make_address(member=who)
    return words in browser(client, None).get(f"/feed/{secret}.atom").content.decode()


# Where each part shows: (part, surface) → look(client, who) → shown or not. Whatever else shows
# what members may keep to some is one more row: pages, the API, searches, feeds, their Atom alike.
FEEDS = ("feed", "feed by api", "atom")
SUPPORTS, COMMENTED = "Mara Lindqvist supports an idea", "Mara Lindqvist commented"
SURFACES = {
    ("supports", "feed"): lambda c, w, cast: feed(c, w, SUPPORTS),
    ("supports", "feed by api"): lambda c, w, cast: feed_by_api(w, SUPPORTS),
    ("comments", "feed"): lambda c, w, cast: feed(c, w, COMMENTED),
    ("comments", "feed by api"): lambda c, w, cast: feed_by_api(w, COMMENTED),
    ("comments", "atom"): lambda c, w, cast: atom(c, w, COMMENTED),
    ("bio", "page"): lambda c, w, cast: page(c, w, "/people/mara/", ["<strong>tariffs</strong>"]),
    ("bio", "api"): lambda c, w, cast: bool((api(w, "members/mara/") or {}).get("bio")),
    ("location", "page"): lambda c, w, cast: page(c, w, "/people/mara/", ["Lübeck"]),
    ("location", "api"): lambda c, w, cast: bool((api(w, "members/mara/") or {}).get("location")),
    ("location", "directory"): lambda c, w, cast: page(c, w, "/people/?place=Lübeck", ["@mara<"]),
    ("location", "row of the directory"): lambda c, w, cast: page(
        c, w, "/people/?q=mara", ["Lübeck"]
    ),
    ("location", "search by api"): lambda c, w, cast: in_results(w, "members/?place=Lübeck"),
    ("tags", "page"): lambda c, w, cast: page(c, w, "/people/mara/", ["tides"]),
    ("tags", "api"): lambda c, w, cast: bool((api(w, "members/mara/") or {}).get("tags")),
    ("tags", "directory"): lambda c, w, cast: page(c, w, "/people/?tag=tides", ["@mara<"]),
    ("tags", "search by api"): lambda c, w, cast: in_results(w, "members/?tag=tides"),
    ("links", "page"): lambda c, w, cast: page(c, w, "/people/mara/", [LINK]),
    ("links", "api"): lambda c, w, cast: bool((api(w, "members/mara/") or {}).get("links")),
    ("supports", "page"): lambda c, w, cast: page(
        c, w, "/people/mara/supports/", ["Charge at night"]
    ),
    ("supports", "tab"): lambda c, w, cast: page(c, w, "/people/mara/", ["/people/mara/supports/"]),
    ("supports", "api"): lambda c, w, cast: bool(
        (api(w, "members/mara/supports/") or {}).get("results")
    ),
    ("comments", "page"): lambda c, w, cast: page(
        c, w, "/people/mara/comments/", ["At night, please."]
    ),
    ("comments", "api"): lambda c, w, cast: bool(
        (api(w, "members/mara/comments/") or {}).get("results")
    ),
    ("friends", "page"): lambda c, w, cast: page(
        c, w, "/people/mara/friends/", [f"@{cast['friend'].handle}"]
    ),
    ("friends", "api"): lambda c, w, cast: bool(
        (api(w, "members/mara/friends/") or {}).get("results")
    ),
    ("friends", "the friend's page"): lambda c, w, cast: page(
        c, w, f"/people/{cast['friend'].handle}/friends/", ["@mara<"]
    ),
    ("found", "directory"): lambda c, w, cast: page(c, w, "/people/", ["@mara<"]),
    ("found", "search by name"): lambda c, w, cast: page(c, w, "/people/?q=Lindqvist", ["@mara<"]),
    ("found", "api"): lambda c, w, cast: in_results(w, "members/"),
    ("found", "search by api"): lambda c, w, cast: in_results(w, "members/?q=mara"),
    ("ranked", "leaderboard"): lambda c, w, cast: page(c, w, "/leaderboard/", ["@mara<"]),
    ("ranked", "leaderboard of all time"): lambda c, w, cast: page(
        c, w, "/leaderboard/?period=ever", ["@mara<"]
    ),
    ("ranked", "leaderboards that are over"): lambda c, w, cast: page(
        c, w, "/leaderboard/past/", ["/people/mara/"]
    ),
    ("ranked", "api"): lambda c, w, cast: in_results(w, "leaderboard/", of_friend),
    ("ranked", "what is over, by api"): lambda c, w, cast: any(
        "mara" in [of_friend(row) for row in one["results"]]
        for one in api(w, "leaderboard/past/")["results"]
    ),
}
# One's own list shows all of one's friends, whatever they show others.
NOT_ASKED = {
    ("friends", "the friend's page", "friend"),
    # Visitors have no feed, and nobody's own deeds stand in theirs.
    *(
        (part, where, who)
        for part in ("supports", "comments")
        for where in FEEDS
        for who in ("visitor", "member")
    ),
}


@pytest.mark.parametrize(("part", "surface"), SURFACES)
def test_a_part_is_shown_to_whom_the_member_chose(client, cast, part, surface):
    everything = dict.fromkeys(PARTS, EVERYONE)
    services.choose_visibility(member=cast["friend"], choices=everything)
    look = SURFACES[part, surface]
    viewers = [who for who in REACHES if (part, surface, who) not in NOT_ASKED]
    for level in Visibility:
        services.choose_visibility(member=cast["member"], choices=everything | {part: level})
        expected = {who: level in REACHES[who] for who in viewers}
        assert {who: look(client, cast[who], cast) for who in viewers} == expected, level


# Who gets an e-mail about what Mara does in public. None of it tells of her profile.
MAILED = {
    "stranger": True,
    "friend": True,
    "friend_of_friend": True,
    "has_asked": True,
    "blocked": False,
    "blocker": False,
    "team_member": True,
    "moderator": True,
    "member": False,
}
OF_PROFILE = ("tariffs", "Lübeck", "tides", LINK)


@pytest.mark.parametrize("level", Visibility)
def test_e_mails_tell_deeds_and_nothing_of_the_profile(cast, idea, deliver, mailoutbox, level):
    services.choose_visibility(member=cast["member"], choices=dict.fromkeys(PARTS, level))
    deliver()
    mailing.send_waiting()
    readers = {who: cast[who] for who in MAILED}
    for reader in readers.values():
        following.follow(idea=idea, member=reader)
        Member.objects.filter(pk=reader.pk).update(email_verified_at=timezone.now(), mails=True)
    mailoutbox.clear()
    discussing.comment(idea=idea, by=cast["member"], body="And by day?", kind="question")
    deliver()
    mailing.send_waiting()
    assert {who: sent_to(mailoutbox, reader) for who, reader in readers.items()} == MAILED
    for letter in mailoutbox:
        text = letter.body + "".join(str(body) for body, _kind in letter.alternatives)
        assert "Mara Lindqvist" in text
        assert not [word for word in OF_PROFILE if word in text]


def sent_to(letters, reader):
    return any(reader.email in letter.to for letter in letters)


@pytest.mark.parametrize("who", REACHES)
def test_a_suggestion_needs_to_be_found(cast, who, member):
    """Mara is suggested to friends of her friends who may find her, and to nobody else."""
    viewer = cast[who]
    if viewer is None:
        return
    for level in Visibility:
        services.choose_visibility(member=member, choices={"found": level})
        found = in_results(viewer, "suggestions/", of_friend)
        assert found == (who == "friend_of_friend" and level in {EVERYONE, MEMBERS})


@pytest.mark.parametrize(("who", "status"), [("blocked", 404), ("blocker", 200), ("friend", 200)])
def test_a_block_hides_the_page(client, cast, who, status):
    for address in ("/people/mara/", "/people/MARA/"):
        answer = browser(client, cast[who]).get(address, follow=True)
        assert answer.status_code == status
    if who == "blocker":
        assert "Unblock" in answer.content.decode()
        assert "tariffs" not in answer.content.decode()


def test_a_blocker_reads_no_more_than_the_name(cast):
    told = api(cast["blocker"], "members/mara/")
    assert (told["display_name"], told["is_blocked"]) == ("Mara Lindqvist", True)
    assert (told["bio"], told["location"], told["tags"], told["links"]) == (None,) * 4
    assert api(cast["blocked"], "members/mara/") is None


def test_who_blocked_and_who_left_is_nowhere_in_the_directory(cast, member):
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert not in_results(cast["stranger"], "members/")


def test_only_parts_of_a_profile_are_shown_or_not(member):
    with pytest.raises(ValueError, match="email"):
        shows(Member.objects.seen_by(None).get(pk=member.pk), "email")
