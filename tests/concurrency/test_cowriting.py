"""Writing together under real threads: no half state, nobody hangs."""

from functools import partial

import pytest

from community import services
from community.errors import Refused
from community.models import Friend
from ideas.models import CoAuthor, Contribution, Idea
from ideas.services import cowriting, writing
from tests.factories.community import MemberFactory, befriend
from tests.factories.ideas import DraftFactory
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]

ROUNDS = 8


@pytest.fixture
def asked(committed):
    """`asked()` is a draft, its author, and a friend who is asked to co-write it."""

    def one():
        author, friend = MemberFactory.create_batch(2)
        befriend(author, friend)
        draft = DraftFactory(author=author)
        cowriting.invite(draft=draft, by=author, friend=friend)
        return draft, author, friend

    return one


def only_refusals(results):
    assert [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)] == []


def consistent(draft):
    """The idea names exactly those who accepted."""
    accepted = CoAuthor.objects.filter(idea=draft, state="accepted")
    names = list(accepted.values_list("member", flat=True))
    assert Idea.objects.get(pk=draft.pk).co_author_ids == names
    return names


def test_accepting_against_posting(asked):
    for _ in range(ROUNDS):
        draft, author, friend = asked()
        results = at_once(
            partial(cowriting.accept, draft=draft, by=friend),
            partial(writing.post, draft=draft, by=author),
        )
        only_refusals(results)
        names = consistent(draft)
        # Whoever was in time has the credit; whoever was not has neither.
        parts = Contribution.objects.filter(idea=draft, part="co_author")
        assert list(parts.values_list("member", flat=True)) == names


def test_accepting_against_a_block(asked):
    for turn in range(ROUNDS):
        draft, author, friend = asked()
        one, other = (author, friend) if turn % 2 else (friend, author)
        results = at_once(
            partial(cowriting.accept, draft=draft, by=friend),
            partial(services.block, member=one, other=other),
        )
        only_refusals(results)
        assert consistent(draft) == []
        assert not Friend.objects.filter(member=author, friend=friend).exists()


def test_no_sixth_gets_in_however_many_are_asked_at_once(committed):
    author = MemberFactory()
    draft = DraftFactory(author=author)
    friends = MemberFactory.create_batch(9)
    for friend in friends:
        befriend(author, friend)
    results = at_once(
        *(partial(cowriting.invite, draft=draft, by=author, friend=friend) for friend in friends)
    )
    only_refusals(results)
    assert CoAuthor.objects.holding().filter(idea=draft).count() == 5


def test_two_who_save_at_once_lose_nothing(asked):
    for _ in range(ROUNDS):
        draft, author, friend = asked()
        cowriting.accept(draft=draft, by=friend)
        said = {"draft": draft, "board": draft.board, "body": "", "language": "en", "version": 1}
        results = at_once(
            partial(writing.save_draft, author=author, title="Dawn", **said),
            partial(writing.save_draft, author=friend, title="Noon", **said),
        )
        only_refusals(results)
        stale = [r for r in results if isinstance(r, Refused)]
        assert [r.code for r in stale] == ["stale"]
        assert Idea.objects.get(pk=draft.pk).draft_version == 2
