"""Drafting, posting and revising; every version is kept."""

import pytest

from activity.models import EventRecord
from community.errors import Refused
from ideas.models import Follow, Idea, IdeaRevision, Support
from ideas.services import writing
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.ideas import DraftFactory, IdeaFactory, idea_in, supported

pytestmark = pytest.mark.django_db

WORDS = "My charger could begin at night when power is cheap and nobody needs the car".split()


def refusal(deed, **about):
    with pytest.raises(Refused) as refused:
        deed(**about)
    return refused.value.code


def draft(author, board, **changes):
    text = {"title": "Charge at night", "body": "It is **cheap**.", "language": "en"}
    return writing.save_draft(author=author, board=board, **(text | changes))


def revise(idea, **changes):
    text = {"version": idea.version, "title": idea.title, "body": idea.body, "tags": ()}
    return writing.revise(idea=idea, by=idea.author, **(text | changes))


def facts(kind):
    return list(EventRecord.objects.filter(kind=kind).values_list("payload", flat=True))


class TestDrafts:
    def test_a_draft_is_kept_rendered(self, author, board):
        kept = draft(author, board, tags=["Night", "cost"])
        kept.refresh_from_db()
        assert kept.status == "draft"
        assert kept.body_html == "<p>It is <strong>cheap</strong>.</p>\n"
        assert kept.snippet == "It is cheap."
        assert sorted(kept.tags.names()) == ["Night", "cost"]

    def test_a_draft_is_changed(self, author, board):
        kept = draft(author, board)
        draft(author, board, draft=kept, title="Charge by day", tags=["sun"])
        assert Idea.objects.get().title == "Charge by day"
        assert list(kept.tags.names()) == ["sun"]

    def test_a_draft_leaves_no_history(self, author, board):
        draft(author, board)
        assert not IdeaRevision.objects.exists()
        assert not EventRecord.objects.exists()

    def test_anybody_may_draft(self, newcomer, board):
        assert draft(newcomer, board).pk

    def test_somebody_elses_draft(self, stranger, board):
        other = DraftFactory(board=board)
        assert refusal(draft, author=stranger, board=board, draft=other) == "not_a_draft"

    def test_a_posted_idea_is_no_draft(self, idea, author, board):
        assert refusal(draft, author=author, board=board, draft=idea) == "not_a_draft"

    def test_six_tags(self, author, board):
        tags = list("abcdef")
        assert refusal(draft, author=author, board=board, tags=tags) == "too_many_tags"

    def test_tags_differ_by_more_than_case(self, author, board):
        first = draft(author, board, tags=["Night"])
        second = draft(author, board, tags=["night"])
        assert first.tags.get() == second.tags.get()

    def test_a_draft_is_thrown_away(self, author):
        writing.discard_draft(draft=DraftFactory(author=author), by=author)
        assert not Idea.objects.exists()

    def test_only_ones_own_drafts_are_thrown_away(self, idea, author, stranger):
        assert refusal(writing.discard_draft, draft=idea, by=author) == "not_a_draft"
        other = DraftFactory()
        assert refusal(writing.discard_draft, draft=other, by=stranger) == "not_a_draft"


class TestPosting:
    def test_a_posted_idea_opens_with_its_first_version(self, author, board):
        posted = writing.post(draft=draft(author, board), by=author)
        posted.refresh_from_db()
        assert posted.status == "open"
        assert posted.opened_at
        first = IdeaRevision.objects.get()
        assert (first.number, first.title, first.body) == (1, posted.title, posted.body)

    def test_its_author_follows_and_is_not_counted(self, author, board):
        posted = writing.post(draft=draft(author, board), by=author)
        assert Follow.objects.get().member == author
        assert not Support.objects.exists()
        assert posted.tally.supports == 0

    def test_it_is_a_fact(self, author, board):
        posted = writing.post(draft=draft(author, board), by=author)
        assert facts("ideas.opened") == [
            {
                "idea_id": posted.pk,
                "board_id": board.pk,
                "author_id": author.pk,
                "co_author_ids": [],
                "tag_ids": list(posted.tags.values_list("pk", flat=True)),
            }
        ]

    def test_an_idea_is_posted_once(self, idea, author):
        assert refusal(writing.post, draft=idea, by=author) == "not_a_draft"

    def test_by_its_author_alone(self, stranger):
        assert refusal(writing.post, draft=DraftFactory(), by=stranger) == "not_a_draft"

    def test_not_before_the_address_is_confirmed(self, newcomer):
        kept = DraftFactory(author=newcomer)
        assert refusal(writing.post, draft=kept, by=newcomer) == "address_unconfirmed"

    def test_not_on_a_board_that_takes_none(self, author, board):
        kept = DraftFactory(author=author, board__accepts_ideas=False)
        assert refusal(writing.post, draft=kept, by=author) == "board_closed"


class TestRevising:
    def test_every_version_is_kept(self, idea):
        before = idea.body
        revised = revise(idea, body="Twice as good.", note="Better words")
        revised.refresh_from_db()
        assert (revised.version, revised.body_html) == (2, "<p>Twice as good.</p>\n")
        assert revised.edited_at
        kept = IdeaRevision.objects.order_by("number").values_list("number", "body", "note")
        assert list(kept) == [(1, before, ""), (2, "Twice as good.", "Better words")]

    def test_the_search_knows_the_new_words(self, idea):
        revise(idea, body="Pumpkin.")
        assert Idea.objects.matching("pumpkins").exists()

    def test_a_stale_version_is_refused_and_changes_nothing(self, idea):
        revise(idea, body="First.")
        assert refusal(revise, idea=idea, body="Second.", tags=["late"]) == "stale"
        idea.refresh_from_db()
        assert idea.body == "First."
        assert not idea.tags.exists()

    def test_the_same_text_is_no_version(self, idea):
        revise(idea, tags=["night"])
        assert IdeaRevision.objects.count() == 1
        assert list(idea.tags.names()) == ["night"]
        assert not facts("ideas.revised")

    @pytest.mark.parametrize("status", ["under_review", "planned", "shipped", "declined"])
    def test_not_while_or_after_the_team_reviews(self, status):
        assert refusal(revise, idea=idea_in(status), body="Else.") == "already_in_review"

    def test_what_was_asked_for_can_be_added(self):
        assert revise(idea_in("needs_info"), body="It is 11 kW.").version == 2

    def test_by_the_author_alone(self, idea, stranger):
        with pytest.raises(Refused):
            writing.revise(idea=idea, by=stranger, version=1, title="Mine", body="", tags=())


class TestSubstance:
    """A change of substance after the first vote asks the supporters again."""

    @pytest.fixture
    def long(self, board):
        return IdeaFactory(board=board, title="Charge at night", body=" ".join(WORDS))

    @staticmethod
    def is_substantial():
        (fact,) = facts("ideas.revised")
        return fact["substantial"]

    def test_another_proposal_after_a_vote(self, long):
        supported(long)
        revise(long, body="A lamp in every garage instead.")
        assert self.is_substantial()

    def test_before_the_first_vote(self, long):
        revise(long, body="A lamp in every garage instead.")
        assert not self.is_substantial()

    def test_after_the_last_vote_was_withdrawn(self, long):
        (only,) = supported(long)
        withdraw_support(idea=long, member=only)
        revise(long, body="A lamp in every garage instead.")
        assert not self.is_substantial()

    def test_a_typo(self, long):
        supported(long)
        revise(long, body=" ".join(WORDS).replace("begin", "start"))
        assert not self.is_substantial()

    def test_an_added_word_or_two(self, long):
        supported(long)
        revise(long, body=" ".join([*WORDS, "or", "me"]))
        assert not self.is_substantial()

    def test_a_new_title_above_a_short_text(self, board):
        short = IdeaFactory(board=board, title="Charge at night", body="")
        supported(short)
        revise(short, title="Pay by card")
        assert self.is_substantial()

    def test_pending_supporters_are_asked_too(self, long, newcomer):
        give_support(idea=long, member=newcomer)
        revise(long, body="A lamp in every garage instead.")
        assert self.is_substantial()
