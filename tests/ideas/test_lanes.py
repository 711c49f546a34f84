"""Lanes: what each holds and in which order, across boards, filtered, page by page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from community.cursors import BadCursor
from ideas.lanes import LANES, View, beside, each, lay_out, part_of, people, present, tell, unseen
from ideas.lanes.unseen import OF_EACH
from ideas.models import IdeaTally, Merge, Presence, Review
from ideas.models.merge import Consent
from ideas.ordering import Place
from ideas.policies import reviewed_by
from ideas.services import reviewing, tallies
from ideas.services.hiding import set_idea_hidden
from ideas.services.reviewing import Scores
from ideas.services.steps import decide
from ideas.services.supporting import give_support
from tests.factories.community import MemberFactory, TeamMembershipFactory
from tests.factories.ideas import GROUNDS, BoardFactory, IdeaFactory, idea_in, said_on, supported

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


@pytest.fixture
def boards(team, board):
    """Two boards of Anouk's team, and one of somebody else."""
    other = BoardFactory(name="App", slug="app", team=team)
    BoardFactory(slug="elsewhere")
    return [board, other]


@pytest.fixture
def ideas(boards):
    """Seven by turns on both boards of the team, one elsewhere, one hidden."""
    made = [IdeaFactory(board=boards[n % 2], title=f"Idea {n}") for n in range(7)]
    IdeaFactory()
    set_idea_hidden(idea=IdeaFactory(board=boards[0]), hidden=True)
    return made


def asked(reviewer, lane="top", **more):
    return View(reviewer=reviewer, boards=reviewed_by(reviewer), lane=LANES[lane], **more)


def walk(reviewer, lane, **more):
    """Titles of a lane, three at a time."""
    view = asked(reviewer, lane, size=3, **more)
    titles = []
    while True:
        part = part_of(view)
        assert len(part.items) <= 3
        titles += [idea.title for idea in part.items]
        if part.next is None:
            return titles
        view = replace(view, after=Place.decode(part.next.encode()))


def set_tally(idea, **columns):
    IdeaTally.objects.filter(pk=idea.pk).update(**columns)


def test_due_first_shows_running_promises_of_all_boards_in_one_order(team_member, ideas):
    now = timezone.now()
    for place, idea in enumerate(ideas[:6]):
        set_tally(idea, due_at=now + A_DAY * (place * 5 % 7))
    assert walk(team_member, "due") == ["Idea 0", "Idea 3", "Idea 2", "Idea 5", "Idea 1", "Idea 4"]


def test_top_counts_supporters_and_leaves_decided_ideas_out(team_member, ideas, boards):
    for idea, number in zip(ideas, (2, 0, 5, 1, 4, 3, 0), strict=True):
        set_tally(idea, supports=number)
    set_tally(idea_in("declined", board=boards[0], title="Decided"), supports=9)
    top = walk(team_member, "top")
    assert top == ["Idea 2", "Idea 4", "Idea 5", "Idea 0", "Idea 3", "Idea 6", "Idea 1"]


def test_rising_is_hot_first(team_member, ideas):
    supported(ideas[4])
    supported(ideas[1], 2)
    tallies.sweep()
    assert walk(team_member, "rising")[:2] == ["Idea 1", "Idea 4"]


def test_reopened_holds_what_came_back_from_a_no(team_member, board):
    idea = idea_in("declined", board=board, title="Again")
    idea_in("declined", board=board)
    assert walk(team_member, "reopened") == []
    decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS)
    assert walk(team_member, "reopened") == ["Again"]


def test_mine_holds_what_somebody_looks_after_until_it_is_finished(team_member, ideas, board):
    done = idea_in("shipped", board=board)
    for idea in (ideas[2], ideas[5], done):
        Review.objects.create(idea=idea, assignee=team_member)
    assert walk(team_member, "mine") == ["Idea 5", "Idea 2"]
    assert walk(team_member, "mine", board="charging") == ["Idea 2"]


def test_scored_is_ordered_by_priority(team_member, ideas):
    for idea, impact in ((ideas[0], 2), (ideas[3], 5), (ideas[4], 3)):
        reviewing.score(
            idea=idea,
            by=team_member,
            version=0,
            scores=Scores(impact=impact, effort=2, confidence=4, fit=1),
        )
    assert walk(team_member, "scored") == ["Idea 3", "Idea 4", "Idea 0"]


def test_objections_hold_merged_ideas_whose_author_waits_for_an_answer(team_member, ideas):
    now = timezone.now()

    def merged(idea, **more):
        idea.merged_into = ideas[0]
        idea.save(update_fields=["merged_into"])
        Merge.objects.create(
            duplicate=idea, survivor=ideas[0], merged_by=team_member, note="Same.", merged_at=now,
            **more,
        )  # fmt: skip

    merged(ideas[1])
    merged(ideas[2], consent=Consent.OBJECTED, consent_at=now, objection="Mine is another.")
    merged(ideas[3], consent=Consent.OBJECTED, consent_at=now - A_DAY, objection="No.")
    assert walk(team_member, "objections") == ["Idea 3", "Idea 2"]


def test_a_lane_knows_no_boards_but_the_team_s(other_team_member, ideas, admin_member):
    assert walk(other_team_member, "top") == []
    assert len(walk(admin_member, "top")) == 8


def test_an_unknown_board_is_an_empty_one(team_member, ideas):
    assert walk(team_member, "top", board="elsewhere") == []
    assert walk(team_member, "unseen", board="elsewhere") == []


def test_filters_hold_together(team_member, colleague, ideas):
    ideas[0].tags.add("night")
    set_tally(ideas[1], supports=5)
    Review.objects.create(idea=ideas[2], assignee=colleague)
    said = {
        "Idea 0": {"tag": "night"},
        "Idea 1": {"supporters": 5},
        "Idea 2": {"assignee": "ben"},
    }
    for title, filters in said.items():
        assert walk(team_member, "top", **filters) == [title]
    assert walk(team_member, "top", tag="night", supporters=1) == []
    assert walk(team_member, "top", assignee="me") == []
    assert "Idea 2" not in walk(team_member, "top", assignee="none")
    assert walk(team_member, "top", status="needs_info") == []
    assert len(walk(team_member, "top", words="dark")) == 7
    tomorrow = timezone.localdate() + A_DAY
    assert walk(team_member, "top", since=tomorrow) == []
    assert len(walk(team_member, "top", until=tomorrow)) == 7


@pytest.mark.parametrize("lane", ["due", "top", "scored", "mine"])
@pytest.mark.parametrize("key", ["never", None, [], {}, True])
def test_a_place_of_another_lane_is_refused(team_member, board, lane, key):
    if lane != "due" and key is True:
        key = "true"
    with pytest.raises(BadCursor):
        part_of(asked(team_member, lane, after=Place(key, 1)))


def test_each_reads_a_whole_lane_part_by_part(team_member, ideas, django_assert_num_queries):
    view = asked(team_member, "top", size=3)
    with django_assert_num_queries(6):
        assert len(list(each(view))) == 7


# --- Unseen -----------------------------------------------------------------------------------


@pytest.fixture
def old_and_new(boards):
    """On each board ten ideas of every age."""
    now = timezone.now()
    return [
        IdeaFactory(board=board, opened_at=now - days * A_DAY, title=f"{board.slug} {days}")
        for board in boards
        for days in (1, 10, 50, 200)
        for _ in range(10)
    ]


def test_the_sample_takes_from_every_board_and_age(team_member, old_and_new):
    titles = [idea.title for idea in part_of(asked(team_member, "unseen", size=16)).items]
    assert {title: titles.count(title) for title in titles} == {
        f"{slug} {days}": 2 for slug in ("charging", "app") for days in (1, 10, 50, 200)
    }


def test_no_band_gives_more_than_its_part(team_member, old_and_new):
    assert len(walk_unseen(team_member)) == 8 * OF_EACH


def walk_unseen(reviewer):
    return [idea.pk for idea in part_of(asked(reviewer, "unseen", size=100)).items]


def test_the_sample_stays_until_something_is_opened(team_member, old_and_new):
    before = walk_unseen(team_member)
    assert walk_unseen(team_member) == before
    opened = next(idea for idea in old_and_new if idea.pk == before[0])
    reviewing.mark_seen(idea=opened, by=team_member)
    after = walk_unseen(team_member)
    assert len(after) == len(before)
    assert set(before) - set(after) == {opened.pk}


def test_another_week_draws_another_sample():
    monday = datetime(2026, 11, 23, tzinfo=UTC).date()
    week = {unseen._start(1, monday + day * A_DAY) for day in range(7)}
    assert len(week) == 1
    assert unseen._start(1, monday + 7 * A_DAY) not in week
    assert unseen._start(2, monday) not in week


def test_the_walk_goes_on_at_the_beginning_of_the_circle(team_member, board, monkeypatch):
    first, last = IdeaFactory(board=board), IdeaFactory(board=board)
    set_tally(first, shuffle=0.1)
    set_tally(last, shuffle=0.9)
    monkeypatch.setattr(unseen, "_start", lambda board: 0.5)
    assert walk_unseen(team_member) == [last.pk, first.pk]


# --- Rows and what stands beside ----------------------------------------------------------------


def test_a_row_says_what_is_due_and_whether_it_rises(team_member, ideas):
    now = timezone.now()
    set_tally(ideas[0], due_at=now - 2 * A_DAY)
    set_tally(ideas[1], due_at=now + 3 * A_DAY)
    supported(ideas[2], 3)
    tallies.sweep()
    rows = {idea.title: idea for idea in lay_out(part_of(asked(team_member, "top")).items)}
    assert (rows["Idea 0"].due_state, rows["Idea 0"].due_words) == ("overdue", "2 days late")
    assert (rows["Idea 1"].due_state, rows["Idea 1"].due_words) == ("due", "3 days left")
    assert (rows["Idea 2"].due_words, rows["Idea 2"].rise) == ("", "up")
    assert rows["Idea 3"].rise == ""


def test_a_row_counts_open_questions_and_concerns(team_member, idea):
    said_on(idea, kind="question")
    said_on(idea, kind="concern")
    said_on(idea)
    assert part_of(asked(team_member, "top")).items[0].open_points == 2


def test_who_supports_an_idea_is_told_in_shares(idea):
    for level, days, language in ((0, 3, "de"), (1, 100, "en"), (1, 900, "en")):
        member = MemberFactory(
            trust_level=level, language=language, date_joined=timezone.now() - days * A_DAY
        )
        supported_by(idea, member)
    found = beside.supporters(idea)
    assert (found.number, found.newcomers) == (3, 1)
    assert found.by_trust == [(0, 1), (1, 2)]
    assert found.by_age == [("new", 1), ("year", 1), ("older", 1)]
    assert found.by_language == [("en", 2), ("de", 1)]
    assert len(found.newest) == 3


def supported_by(idea, member):
    give_support(idea=idea, member=member)


def test_loads_count_unfinished_ideas(team, team_member, colleague, board):
    for status in ("open", "planned", "shipped"):
        Review.objects.create(idea=idea_in(status, board=board), assignee=colleague)
    loads = {person.member.handle: person.load for person in people([team.pk])}
    assert loads == {"anouk": 0, "ben": 2}


def test_who_was_not_heard_of_for_a_minute_is_gone(idea, team_member, colleague):
    now = timezone.now()
    Presence.objects.create(idea=idea, member=colleague, seen_at=now - timedelta(seconds=50))
    assert [one.member for one in present(idea, team_member)] == [colleague]
    assert present(idea, colleague) == []
    Presence.objects.update(seen_at=now - timedelta(seconds=70))
    assert present(idea, team_member) == []


def test_deeds_are_told_in_words(idea, team_member):
    reviewing.score(
        idea=idea, by=team_member, version=0, scores=Scores(impact=4, effort=2, confidence=3)
    )
    reviewing.assign(idea=idea, by=team_member, version=1, assignee=team_member)
    reviewing.assign(idea=idea, by=team_member, version=2, assignee=None)
    reviewing.tag(idea=idea, by=team_member, add=["night", "battery"])
    reviewing.tag(idea=idea, by=team_member, remove=["night"])
    assert [deed.words for deed in tell(idea.deeds.order_by("id"))] == [
        "impact 4, effort 2, confidence 3",
        "Anouk de Vries",
        "to nobody",
        "added battery and night",
        "removed night",
    ]


def test_people_of_two_teams_stand_under_both(team, team_member):
    other = TeamMembershipFactory(member=team_member).team
    found = [(p.team_id, p.member) for p in people([team.pk, other.pk])]
    assert sorted(found, key=str) == sorted(
        [(team.pk, team_member), (other.pk, team_member)], key=str
    )
