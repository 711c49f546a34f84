"""Writing an idea together, and what the database keeps of it."""

import pytest
from django.db import IntegrityError, transaction

from community.errors import Refused
from community.models import Notification
from community.services import block, unfriend
from ideas import together
from ideas.models import CoAuthor, Contribution, Follow, Idea, Support
from ideas.services import cowriting, tallies, writing
from ideas.services.merging import merge
from ideas.services.supporting import give_support
from tests.factories.community import MemberFactory, befriend
from tests.factories.ideas import DraftFactory, IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def friend(author):
    """A friend of Ada's."""
    friend = MemberFactory(handle="frida", display_name="Frida Nowak")
    befriend(author, friend)
    return friend


@pytest.fixture
def draft(board, author):
    return DraftFactory(board=board, author=author, title="Charge by day")


@pytest.fixture
def written(draft, author, friend):
    """Ada's draft, which Frida writes along."""
    cowriting.invite(draft=draft, by=author, friend=friend)
    cowriting.accept(draft=draft, by=friend)
    draft.refresh_from_db()
    return draft


def refused(code):
    return pytest.raises(Refused, check=lambda error: error.code == code)


def states(draft):
    return dict(CoAuthor.objects.filter(idea=draft).values_list("member__handle", "state"))


def test_a_friend_who_accepts_writes_along(draft, author, friend):
    cowriting.invite(draft=draft, by=author, friend=friend)
    assert draft not in Idea.objects.visible_to(friend)
    cowriting.accept(draft=draft, by=friend)
    draft.refresh_from_db()
    assert draft.co_author_ids == [friend.pk]
    assert draft in Idea.objects.visible_to(friend)
    assert list(Idea.objects.drafts_of(friend)) == [draft]


def test_asking_twice_is_asking_once(draft, author, friend, deliver):
    for _ in range(2):
        cowriting.invite(draft=draft, by=author, friend=friend)
    deliver()
    assert Notification.objects.of(friend).count() == 1


def test_only_friends_are_asked(draft, author, stranger):
    with refused("not_a_friend"):
        cowriting.invite(draft=draft, by=author, friend=stranger)


def test_only_the_author_asks(written, friend, stranger):
    befriend(friend, stranger)
    with refused("not_yours"):
        cowriting.invite(draft=written, by=friend, friend=stranger)


def test_what_is_posted_takes_no_co_authors(author, friend, board):
    idea = IdeaFactory(author=author, board=board)
    with refused("not_a_draft"):
        cowriting.invite(draft=idea, by=author, friend=friend)


def test_whoever_declined_is_asked_no_second_time(draft, author, friend):
    cowriting.invite(draft=draft, by=author, friend=friend)
    cowriting.leave(draft=draft, by=friend)
    assert states(draft) == {"frida": "declined"}
    with refused("declined"):
        cowriting.invite(draft=draft, by=author, friend=friend)


def test_five_at_the_most(draft, author, friend):
    for other in MemberFactory.create_batch(5):
        befriend(author, other)
        cowriting.invite(draft=draft, by=author, friend=other)
    with refused("too_many_co_authors"):
        cowriting.invite(draft=draft, by=author, friend=friend)
    assert together.hands_of(draft).places == 0


def test_an_invitation_that_was_taken_back_cannot_be_accepted(draft, author, friend):
    cowriting.invite(draft=draft, by=author, friend=friend)
    cowriting.remove(draft=draft, by=author, co_author=friend)
    with refused("no_invitation"):
        cowriting.accept(draft=draft, by=friend)


def test_whoever_is_no_friend_any_more_cannot_accept(draft, author, friend):
    cowriting.invite(draft=draft, by=author, friend=friend)
    unfriend(member=author, other=friend)
    assert together.invitations_of(friend) == []
    with refused("not_a_friend"):
        cowriting.accept(draft=draft, by=friend)


@pytest.mark.parametrize("accepts", [True, False])
@pytest.mark.parametrize("by_author", [True, False])
def test_a_block_ends_writing_together(draft, author, friend, accepts, by_author):
    cowriting.invite(draft=draft, by=author, friend=friend)
    if accepts:
        cowriting.accept(draft=draft, by=friend)
    one, other = (author, friend) if by_author else (friend, author)
    block(member=one, other=other)
    draft.refresh_from_db()
    assert states(draft) == {"frida": "ended"}
    assert draft.co_author_ids == []


def test_a_block_takes_nobody_out_of_what_was_posted(written, author, friend):
    writing.post(draft=written, by=author)
    block(member=author, other=friend)
    written.refresh_from_db()
    assert written.co_author_ids == [friend.pk]


def test_whoever_leaves_sees_the_draft_no_more(written, friend):
    cowriting.leave(draft=written, by=friend)
    assert states(written) == {"frida": "left"}
    assert written not in Idea.objects.visible_to(friend)


def test_a_co_author_changes_the_draft_but_does_not_post_it(written, friend, board):
    writing.save_draft(
        author=friend, draft=written, board=board, title="Charge at noon", body="", language="en"
    )
    written.refresh_from_db()
    assert written.title == "Charge at noon"
    with refused("author_posts"):
        writing.post(draft=written, by=friend)
    with refused("not_a_draft"):
        writing.discard_draft(draft=written, by=friend)


def test_posting_credits_the_co_authors_and_they_hear_what_becomes_of_it(written, author, friend):
    writing.post(draft=written, by=author)
    parts = Contribution.objects.filter(idea=written).order_by("pk")
    assert list(parts.values_list("member", "part")) == [
        (author.pk, "author"),
        (friend.pk, "co_author"),
    ]
    assert Follow.objects.filter(idea=written, member=friend).exists()


def test_posting_ends_invitations_that_wait(draft, author, friend):
    cowriting.invite(draft=draft, by=author, friend=friend)
    writing.post(draft=draft, by=author)
    assert states(draft) == {"frida": "ended"}
    assert Contribution.objects.filter(idea=draft).count() == 1
    with refused("no_invitation"):
        cowriting.accept(draft=draft, by=friend)


def test_a_co_author_revises_like_the_author(written, author, friend, stranger):
    idea = writing.post(draft=written, by=author)
    said = {"version": idea.version, "title": "Charge at noon", "body": "Sun.", "tags": []}
    with refused("not_yours"):
        writing.revise(idea=idea, by=stranger, **said)
    assert writing.revise(idea=idea, by=friend, **said).title == "Charge at noon"


def test_a_co_author_cannot_support_it(written, author, friend):
    idea = writing.post(draft=written, by=author)
    with refused("co_author"):
        give_support(idea=idea, member=friend)


def test_the_database_refuses_a_co_authors_vote(written, author, friend):
    writing.post(draft=written, by=author)
    with pytest.raises(IntegrityError, match="own idea"), transaction.atomic():
        Support.objects.create(idea=written, member=friend, state="withdrawn")


def test_a_vote_for_a_twin_does_not_count_once_the_twin_is_merged(
    written, author, friend, board, team_member, supporter
):
    idea = writing.post(draft=written, by=author)
    twin = IdeaFactory(board=board)
    for member in (friend, supporter):
        give_support(idea=twin, member=member)
    merged = merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
    tallies.sweep()
    idea.tally.refresh_from_db()
    assert idea.tally.supports == 1
    assert tallies.drifts() == []
    assert tallies.union(idea.pk, [twin.pk]) == 1
    assert [row["member_id"] for row in Support.objects.supporters(idea.pk)] == [supporter.pk]
    twin.tally.refresh_from_db()
    # The vote itself stands where it was given.
    assert (twin.tally.supports, merged.duplicate_id) == (2, twin.pk)


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"state": "accepted"}, "Only friends"),
        ({"state": "invited"}, "Only friends"),
    ],
)
def test_the_database_lets_only_friends_in(draft, stranger, said, constraint):
    answered = None if said["state"] == "invited" else draft.created_at
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CoAuthor.objects.create(idea=draft, member=stranger, answered_at=answered, **said)


def test_the_database_keeps_co_authors_of_what_was_posted(written, author, friend):
    writing.post(draft=written, by=author)
    row = CoAuthor.objects.get(idea=written)
    with pytest.raises(IntegrityError, match="keeps its co-authors"), transaction.atomic():
        CoAuthor.objects.filter(pk=row.pk).update(state="left")
    with pytest.raises(IntegrityError, match="keeps its co-authors"), transaction.atomic():
        row.delete()
    other = MemberFactory()
    befriend(author, other)
    with pytest.raises(IntegrityError, match="Only drafts"), transaction.atomic():
        CoAuthor.objects.create(idea=written, member=other)


def test_a_draft_that_is_thrown_away_takes_its_co_authors_along(written, author):
    writing.discard_draft(draft=written, by=author)
    assert not CoAuthor.objects.exists()


def test_whoever_wrote_along_hears_that_it_was_thrown_away(written, author, friend, deliver):
    deliver()
    Notification.objects.all().delete()
    writing.discard_draft(draft=written, by=author)
    deliver()
    told = Notification.objects.get()
    assert (told.member, told.subject, told.url) == (friend, "Charge by day", "/drafts/")
    assert told.sentence == "Ada Brandt threw the draft “Charge by day” away"


class TestTwoAtOnce:
    def test_a_stale_draft_is_refused(self, written, author, friend, board):
        said = {"draft": written, "board": board, "body": "", "language": "en"}
        writing.save_draft(author=friend, title="Noon", version=written.draft_version, **said)
        with refused("stale"):
            writing.save_draft(author=author, title="Dawn", version=written.draft_version, **said)
        written.refresh_from_db()
        assert written.title == "Noon"

    def test_saving_what_stands_there_makes_nobody_stale(self, written, author, friend, board):
        said = {"draft": written, "board": board, "language": "en"}
        same = {"title": written.title, "body": written.body}
        writing.save_draft(author=friend, version=written.draft_version, **same, **said)
        writing.save_draft(author=author, version=written.draft_version, **same, **said)
        written.refresh_from_db()
        assert written.draft_version == 1


class TestNotifications:
    def told(self, member):
        return list(Notification.objects.of(member).values_list("kind", flat=True))

    def test_who_is_asked_hears_of_it_and_the_author_of_the_yes(
        self, draft, author, friend, deliver
    ):
        cowriting.invite(draft=draft, by=author, friend=friend)
        deliver()
        told = Notification.objects.of(friend).get()
        assert (told.kind, told.url) == ("ideas.co_invited", f"/ideas/{draft.pk}/invitation/")
        cowriting.accept(draft=draft, by=friend)
        deliver()
        assert self.told(author) == ["ideas.co_joined"]

    def test_an_invitation_taken_back_at_once_is_not_told(self, draft, author, friend, deliver):
        cowriting.invite(draft=draft, by=author, friend=friend)
        cowriting.remove(draft=draft, by=author, co_author=friend)
        deliver()
        assert self.told(friend) == []

    def test_a_no_is_not_told(self, draft, author, friend, deliver):
        cowriting.invite(draft=draft, by=author, friend=friend)
        cowriting.leave(draft=draft, by=friend)
        deliver()
        assert self.told(author) == []

    def test_leaving_is_told_to_the_author_and_removing_to_the_removed(
        self, written, author, friend, deliver
    ):
        cowriting.leave(draft=written, by=friend)
        deliver()
        assert "ideas.co_left" in self.told(author)
        cowriting.invite(draft=written, by=author, friend=friend)
        cowriting.accept(draft=written, by=friend)
        cowriting.remove(draft=written, by=author, co_author=friend)
        deliver()
        assert "ideas.co_removed" in self.told(friend)

    def test_co_authors_hear_that_it_was_posted(self, written, author, friend, deliver):
        writing.post(draft=written, by=author)
        deliver()
        assert "ideas.co_posted" in self.told(friend)
