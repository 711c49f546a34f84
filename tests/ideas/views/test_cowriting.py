"""Pages for writing a draft together."""

import pytest

from community.models import SiteSettings
from ideas.models import CoAuthor
from ideas.services import cowriting, writing
from tests.factories.community import MemberFactory, befriend
from tests.factories.ideas import DraftFactory, IdeaFactory
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def friend(author):
    friend = MemberFactory(handle="frida", display_name="Frida Nowak")
    befriend(author, friend)
    return friend


@pytest.fixture
def as_friend(signed_in, friend):
    return signed_in(friend)


@pytest.fixture
def draft(board, author):
    return DraftFactory(board=board, author=author, title="Charge by day")


@pytest.fixture
def written(draft, author, friend):
    cowriting.invite(draft=draft, by=author, friend=friend)
    cowriting.accept(draft=draft, by=friend)
    draft.refresh_from_db()
    return draft


def typed(idea, **said):
    return {
        "title": idea.title,
        "body": "",
        "board": idea.board_id,
        "language": "en",
        "tags": "",
        "action": "draft",
        "draft_version": idea.draft_version,
    } | said


def test_a_friend_is_asked_by_handle(as_author, draft, friend):
    page = read(as_author.get(f"/ideas/{draft.pk}/co-authors/"))
    assert '<option value="frida">Frida Nowak</option>' in page.html
    page = read(as_author.post(f"/ideas/{draft.pk}/co-authors/", {"friend": "@frida"}, follow=True))
    assert "Frida Nowak is asked to co-write it." in page
    assert '<option value="frida">' not in page.html


@pytest.mark.parametrize(
    ("handle", "words"),
    [("nobody_here", "Nobody has this handle."), ("tom", "You can write together with your")],
)
def test_what_is_no_friend_is_refused_on_the_page(as_author, draft, stranger, handle, words):
    page = read(as_author.post(f"/ideas/{draft.pk}/co-authors/", {"friend": handle}))
    assert (page.status, page.value_of("friend")) == (422, handle)
    assert words in page


def test_whoever_is_asked_reads_the_draft_and_says_yes(as_author, as_friend, draft, friend):
    as_author.post(f"/ideas/{draft.pk}/co-authors/", {"friend": "frida"})
    assert "Friends ask you to co-write" in read(as_friend.get("/drafts/"))
    page = read(as_friend.get(f"/ideas/{draft.pk}/invitation/"))
    assert "It is dark in there." in page
    page = read(as_friend.post(f"/ideas/{draft.pk}/invitation/", {"accept": "true"}, follow=True))
    assert page.value_of("title") == "Charge by day"
    assert 'value="post"' not in page.html
    assert as_friend.get(f"/ideas/{draft.pk}/invitation/").status_code == 302


def test_a_no_leads_back_to_ones_drafts(as_author, as_friend, draft):
    as_author.post(f"/ideas/{draft.pk}/co-authors/", {"friend": "frida"})
    page = read(as_friend.post(f"/ideas/{draft.pk}/invitation/", {"accept": "false"}, follow=True))
    assert "Charge by day" not in page
    assert CoAuthor.objects.get().state == "declined"


def test_an_invitation_that_is_over_says_so(as_friend, draft, author, friend):
    cowriting.invite(draft=draft, by=author, friend=friend)
    cowriting.remove(draft=draft, by=author, co_author=friend)
    page = read(as_friend.get(f"/ideas/{draft.pk}/invitation/"))
    assert page.status == 403
    assert "This invitation is over" in page


@pytest.mark.parametrize("address", ["invitation/", "co-authors/", "edit/"])
def test_a_draft_is_nothing_to_strangers(as_stranger, written, address):
    assert as_stranger.get(f"/ideas/{written.pk}/{address}").status_code == 404


def test_the_author_takes_somebody_out_and_a_co_author_leaves(
    as_author, as_friend, written, friend, author
):
    assert "Leave this draft" in read(as_friend.get(f"/ideas/{written.pk}/co-authors/"))
    as_friend.post(f"/ideas/{written.pk}/co-authors/leave/")
    assert CoAuthor.objects.get().state == "left"
    cowriting.invite(draft=written, by=author, friend=friend)
    as_author.post(f"/ideas/{written.pk}/co-authors/remove/", {"handle": "frida"})
    assert CoAuthor.objects.get().state == "ended"


def test_what_both_typed_stands_on_the_page_of_the_slower_one(as_author, as_friend, written):
    first = typed(written, title="Charge at noon", body="When the sun shines.")
    assert as_friend.post(f"/ideas/{written.pk}/edit/", first).status_code == 302
    late = typed(written, title="Charge at dawn", body="When nobody does.")
    page = read(as_author.post(f"/ideas/{written.pk}/edit/", late))
    assert page.status == 422
    assert "This idea was changed while you were writing." in page
    assert (page.value_of("title"), page.value_of("body")) == (late["title"], late["body"])
    assert first["title"] in page.html
    assert first["body"] in page.html
    # Having read it, they save again.
    again = late | {"draft_version": page.value_of("draft_version")}
    assert as_author.post(f"/ideas/{written.pk}/edit/", again).status_code == 302
    written.refresh_from_db()
    assert written.title == "Charge at dawn"


def test_a_draft_posted_meanwhile_keeps_what_a_co_author_typed(as_friend, written, author):
    writing.post(draft=written, by=author)
    late = typed(written, title="Charge at dawn", body="When nobody does.")
    page = read(as_friend.post(f"/ideas/{written.pk}/edit/", late))
    assert page.status == 422
    assert (page.value_of("title"), page.value_of("version")) == ("Charge at dawn", "1")
    written.refresh_from_db()
    assert written.title == "Charge by day"


def test_co_authors_stand_beside_the_author(as_stranger, as_friend, written, author):
    writing.post(draft=written, by=author)
    assert "Ada Brandt, Frida Nowak" in read(as_stranger.get("/ideas/?order=new"))
    page = read(as_stranger.get(f"/ideas/{written.pk}/"))
    assert '<a href="/people/frida/">Frida Nowak</a>' in page.html
    assert "wrote it together with the author" in page
    assert "Your idea" in read(as_friend.get(f"/ideas/{written.pk}/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number(
    as_author, author, draft, rows, django_assert_num_queries
):
    for other in MemberFactory.create_batch(rows):
        befriend(author, other)
        cowriting.invite(draft=draft, by=author, friend=other)
    SiteSettings.objects.current()
    with django_assert_num_queries(6):
        as_author.get(f"/ideas/{draft.pk}/co-authors/")


def test_posted_ideas_lead_to_their_page(as_author, author, board):
    idea = IdeaFactory(author=author, board=board)
    assert as_author.get(f"/ideas/{idea.pk}/co-authors/").url == f"/ideas/{idea.pk}/"
