"""What the database itself refuses of ideas, and the tally it keeps beside each."""

import pytest
from django.db import IntegrityError, transaction

from ideas.models import Idea, IdeaTally
from ideas.services.hiding import set_idea_hidden
from ideas.services.supporting import give_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import BoardFactory, DraftFactory, IdeaFactory, idea_in
from tests.sql import refused, sql

pytestmark = pytest.mark.django_db


def test_an_idea_has_a_title():
    with refused("ideas_have_a_title"), transaction.atomic():
        IdeaFactory(title="")


def test_a_draft_was_not_posted_and_a_posted_idea_was(idea):
    with refused("posted_since_when"):
        sql("UPDATE ideas_idea SET opened_at = NULL WHERE id = %s", idea.pk)
    draft = DraftFactory()
    with refused("posted_since_when"):
        sql("UPDATE ideas_idea SET opened_at = now() WHERE id = %s", draft.pk)


def test_a_clock_has_its_start(idea):
    with refused("a_clock_starts_by_support"):
        sql("UPDATE ideas_idea SET answer_due_at = now() WHERE id = %s", idea.pk)


def test_an_imported_idea_comes_once_for_each_board(board):
    IdeaFactory(board=board, external_id="7")
    IdeaFactory(external_id="7")
    IdeaFactory.create_batch(2, board=board)
    with pytest.raises(IntegrityError, match="imported_once"), transaction.atomic():
        IdeaFactory(board=board, external_id="7")


def test_what_an_idea_said_is_kept(idea):
    with refused("pgtrigger"):
        sql("UPDATE ideas_idearevision SET body = 'I never said so.'")


def test_a_board_promises_what_is_possible():
    with pytest.raises(IntegrityError, match="promises_are_possible"), transaction.atomic():
        BoardFactory(answer_threshold=0)


def test_every_idea_has_a_cold_tally_from_its_first_moment(idea):
    tally = IdeaTally.objects.get()
    assert (tally.supports, tally.comments, tally.hot) == (0, 0, float("-inf"))
    assert (tally.board_id, tally.status, tally.listed) == (idea.board_id, "open", True)
    assert tally.opened_at == idea.opened_at
    assert 0 <= tally.shuffle < 1


def test_the_tally_follows_its_idea(idea):
    other = BoardFactory()
    sql("UPDATE ideas_idea SET board_id = %s, hidden_at = now()", other.pk)
    tally = IdeaTally.objects.get()
    assert (tally.board_id, tally.listed) == (other.pk, False)
    sql("UPDATE ideas_idea SET hidden_at = NULL")
    assert IdeaTally.objects.get().listed


def test_drafts_are_not_listed():
    assert not DraftFactory().tally.listed


def test_supporters_never_go_below_nothing(idea):
    with refused("supports_not_negative"):
        sql("UPDATE ideas_ideatally SET supports = -1")


@pytest.fixture
def everything(author):
    """An idea of Ada's in each state that changes who may see it."""
    hidden = IdeaFactory(author=author)
    set_idea_hidden(idea=hidden, hidden=True)
    return {
        "open": IdeaFactory(author=author),
        "declined": idea_in("declined", author=author),
        "draft": DraftFactory(author=author),
        "hidden": hidden,
    }


def seen_by(viewer, everything):
    visible = set(Idea.objects.visible_to(viewer).values_list("pk", flat=True))
    return {name for name, idea in everything.items() if idea.pk in visible}


def test_authors_see_all_that_is_theirs(everything, author):
    assert seen_by(author, everything) == {"open", "declined", "draft", "hidden"}


@pytest.mark.parametrize("who", [None, "stranger", "team_member", "newcomer"])
def test_others_see_what_is_posted_and_not_hidden(everything, who, request):
    viewer = request.getfixturevalue(who) if who else None
    assert seen_by(viewer, everything) == {"open", "declined"}


def test_lists_show_nobodys_drafts_or_hidden_ideas(everything):
    listed = set(Idea.objects.listed().values_list("pk", flat=True))
    assert listed == {everything["open"].pk, everything["declined"].pk}


def test_a_card_needs_one_query_and_no_more(idea, stranger, django_assert_num_queries):
    give_support(idea=idea, member=stranger)
    with django_assert_num_queries(1):
        (card,) = Idea.objects.for_cards(stranger)
        assert card.viewer_support == "counted"
        assert card.author.display_name
        assert card.board.team.name
        assert card.tally.supports == 1
        assert not card.is_followed


def test_a_card_never_fetches_in_passing(idea):
    card = Idea.objects.for_cards(None).get()
    with pytest.raises(Exception, match="body"):
        card.body  # noqa: B018


def test_owed_answers_come_longest_first(board):
    dates = ["2026-03-01", "2026-01-01", "2026-02-01"]
    ideas = [
        IdeaFactory(board=board, threshold_reached_at=f"{d}T00:00Z", answer_due_at=f"{d}T00:00Z")
        for d in dates
    ]
    answered = idea_in("declined", board=board)
    Idea.objects.filter(pk=answered.pk).update(
        threshold_reached_at=answered.opened_at, answer_due_at=answered.opened_at
    )
    assert list(Idea.objects.waiting()) == [ideas[1], ideas[2], ideas[0]]


def test_a_member_with_a_word_in_the_discussion_is_not_deleted_with_it(idea):
    with refused("foreign key"):
        sql("DELETE FROM community_member WHERE id = %s", idea.author_id)
    assert MemberFactory().pk
