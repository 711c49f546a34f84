"""What stands on the roadmap, in which order, and what is told about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.cursors import BadCursor
from ideas.credits import Credit
from ideas.models import Contribution, Idea, IdeaTally
from ideas.models.contribution import Part
from ideas.ordering import Place
from ideas.roadmap import (
    Wanted,
    columns_of,
    first_sentence,
    made_by,
    shipped_lately,
    stretch_of,
    with_credits,
)
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import Grounds, decide
from ideas.status import Status
from tests.factories.community import MemberFactory
from tests.factories.ideas import BoardFactory, answering, idea_in, said_on

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)
PLANNED = Wanted(statuses=(Status.PLANNED,))


def decided(idea, days):
    """The tally says that it was decided so many days ago."""
    moment = timezone.now() - days * A_DAY
    IdeaTally.objects.filter(pk=idea.pk).update(decided_at=moment)
    return idea


def ids(stretch):
    return [idea.pk for idea in stretch.items]


def contributed(idea, member, part, comment=None):
    return Contribution.objects.create(
        idea=idea, member=member, part=part, comment=comment, recorded_at=timezone.now()
    )


class TestColumns:
    def test_each_status_in_its_column_and_nothing_else(self, board):
        for status in ("open", "under_review", "declined"):
            idea_in(status, board=board)
        there = [idea_in(status, board=board) for status in ("planned", "in_progress", "shipped")]
        assert [ids(column) for column in columns_of(Wanted(), None)] == [[i.pk] for i in there]

    def test_the_latest_decision_first(self, board):
        old, new = (idea_in("planned", board=board) for _ in range(2))
        decided(new, 3)
        decided(old, 2)
        assert ids(stretch_of(PLANNED, None)) == [old.pk, new.pk]

    def test_board_and_tag_narrow_it(self, board):
        here, elsewhere = idea_in("planned", board=board), idea_in("planned", board=BoardFactory())
        here.tags.add("light")
        for wanted in ({"board": "charging"}, {"tag": "light"}):
            found = stretch_of(Wanted(statuses=(Status.PLANNED,), **wanted), None)
            assert ids(found) == [here.pk]
        assert elsewhere.pk in ids(stretch_of(PLANNED, None))
        assert ids(stretch_of(Wanted(board="nowhere"), None)) == []

    def test_hidden_and_merged_ideas_are_nowhere_not_even_for_their_author(self, board, author):
        hidden = idea_in("planned", board=board, author=author)
        set_idea_hidden(idea=hidden, hidden=True)
        merged = idea_in("planned", board=board)
        Idea.objects.filter(pk=merged.pk).update(merged_into=idea_in("open", board=board))
        assert ids(stretch_of(PLANNED, None)) == ids(stretch_of(PLANNED, author)) == []

    def test_pages_reach_everything_once_also_where_moments_are_the_same(self, board):
        ideas = [idea_in(status, board=board) for status in ("planned", "shipped") for _ in "abc"]
        IdeaTally.objects.update(decided_at=timezone.now())
        seen, after = [], None
        while True:
            stretch = stretch_of(Wanted(after=after, size=2), None)
            seen += ids(stretch)
            after = stretch.next
            if after is None:
                break
            after = Place.decode(after.encode())
        assert seen == sorted((idea.pk for idea in ideas), reverse=True)

    @pytest.mark.parametrize("key", ["soon", 3, "2026-01-01"])
    def test_a_place_of_another_list_is_refused(self, key):
        with pytest.raises(BadCursor):
            stretch_of(Wanted(after=Place(key, 1)), None)

    def test_what_shipped_last(self, board):
        for days in (3, 1, 2, 4):
            decided(idea_in("shipped", board=board, title=f"{days}"), days)
        assert [idea.title for idea in shipped_lately(3)] == ["1", "2", "3"]


class TestStories:
    def test_what_a_later_step_leaves_out_still_holds(self, board):
        idea = idea_in("planned", board=board)
        grounds = Grounds(statement="We began.", rough_when="summer")
        decide(idea=idea, to="in_progress", by=answering(board), grounds=grounds)
        story = stretch_of(Wanted(), None).items[0].story
        assert (story.rough_when, story.cost_band) == ("summer", "medium")
        assert story.sentence == "We began."
        assert str(story.last.to_status) == "in_progress"

    def test_how_long_it_took(self, board):
        now = timezone.now()
        idea = idea_in("shipped", board=board, opened_at=now - 30 * A_DAY)
        Idea.objects.filter(pk=idea.pk).update(threshold_reached_at=now - 12 * A_DAY)
        story = stretch_of(Wanted(), None).items[0].story
        assert (story.days, story.days_promised) == (30, 12)
        assert story.days_planned == 0

    def test_without_a_promise_there_is_no_time_since_it(self, board):
        idea_in("shipped", board=board)
        assert stretch_of(Wanted(), None).items[0].story.days_promised is None


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("We do it. It takes a while.", "We do it."),
        ("Really? Yes!", "Really?"),
        ("**Two** drivers, [one card](https://x.example). More.", "Two drivers, one card."),
        ("Das geht z. B. nachts. Mehr bald.", "Das geht z. B. nachts."),
        ("It costs approx. 3 euros", "It costs approx. 3 euros"),
        ("no end", "no end"),
        ("", ""),
    ],
)
def test_the_first_sentence_of_a_statement(statement, sentence):
    assert first_sentence(statement) == sentence


def test_a_sentence_without_end_is_cut():
    assert len(first_sentence("word " * 200)) <= 220


class TestCredits:
    def test_authors_first_then_who_had_a_part(self, board, author, stranger):
        idea = idea_in("shipped", board=board, author=author)
        contributed(idea, stranger, Part.BUILDS_ON, said_on(idea, by=stranger, kind="builds_on"))
        (credited,) = with_credits(stretch_of(Wanted(), None).items)
        assert [credit.member for credit in credited.credits] == [stranger]
        assert credited.made == [
            '<a href="/people/ada/">Ada Brandt</a> had the idea.',
            '<a href="/people/tom/">Tom Okafor</a> built on it.',
        ]

    def test_one_query_for_any_number(self, board, django_assert_num_queries):
        for _ in range(3):
            idea_in("planned", board=board)
        ideas = stretch_of(Wanted(), None).items
        with django_assert_num_queries(1):
            assert all(idea.made for idea in with_credits(ideas))

    def test_nobody_s_name_is_code(self):
        (line,) = made_by(MemberFactory(display_name="<b>{x}</b>"), [])
        assert "&lt;b&gt;{x}&lt;/b&gt;</a> had the idea." in line

    def test_many_names_are_shortened(self, idea, author):
        given = [
            Credit(member, [Contribution(part=Part.BUILDS_ON)])
            for member in MemberFactory.create_batch(9)
        ]
        had, line = made_by(author, given)
        assert had.endswith("had the idea.")
        assert line.endswith("and 3 others all built on it.")
        assert line.count("<a ") == 6
