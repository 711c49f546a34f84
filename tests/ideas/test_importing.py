"""What an import writes, and what it leaves alone the next time."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from activity.models import EventRecord
from community.models import Member
from ideas.importing.entries import Reading, entry
from ideas.importing.lines import Line
from ideas.models import Idea, IdeaRevision, Support
from ideas.services import importing, merging, tallies
from ideas.services.importing import Result
from ideas.services.steps import decide
from ideas.services.supporting import withdraw_support
from ideas.services.writing import post, revise
from ideas.status import Status
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, BoardFactory, IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(board):
    """Import one idea, known as `1`; returns what became of the line."""

    def bring(language="en", **said):
        values = {"title": "Charge at night", "external_id": "1", "author": "Lena Fuchs"} | said
        read = entry(Line(2, values), Reading())
        (outcome,) = importing.import_batch(board=board, entries=[read], language=language)
        assert outcome.result != Result.REFUSED, outcome.reason
        return outcome.result

    return bring


def the_idea():
    return Idea.objects.select_related("author", "board", "tally").get(external_id="1")


def test_what_is_said_twice_changes_nothing(bring, supporter):
    said = {
        "body": "At night.", "created": "2024-01-01", "status": "planned", "statement": "Soon.",
        "supporters": "sven", "tags": "night", "url": "https://example.org/", "language": "de",
    }  # fmt: skip
    assert bring(**said) == Result.CREATED
    before = Idea.objects.values().get()
    assert bring(**said) == Result.UNCHANGED
    assert bring() == Result.UNCHANGED  # what a file leaves out stays
    assert Idea.objects.values().get() == before
    assert the_idea().decisions.count() == the_idea().revisions.count() == 1


def test_a_new_text_is_another_revision(bring):
    bring(body="At night.")
    assert bring(body="At noon.") == Result.UPDATED
    idea = the_idea()
    assert (idea.body, idea.body_html, idea.version) == ("At noon.", "<p>At noon.</p>\n", 2)
    assert [r.body for r in idea.revisions.all()] == ["At night.", "At noon."]


def test_a_text_that_its_author_changed_here_stays(bring, member):
    bring(author="mara", body="At night.")
    idea = the_idea()
    revise(idea=idea, by=member, version=1, title=idea.title, body="Mine.", tags=[])
    assert bring(author="mara", body="At noon.") == Result.UNCHANGED
    assert the_idea().body == "Mine."


def test_a_status_may_take_any_way(bring):
    bring(status="shipped", statement="Done.")
    assert bring(status="open", statement="Not quite.") == Result.UPDATED
    idea = the_idea()
    assert idea.status == "open"
    steps = idea.decisions.order_by("id").values_list("from_status", "to_status", "statement")
    assert list(steps) == [("open", "shipped", "Done."), ("shipped", "open", "Not quite.")]


def test_the_way_is_free_for_the_import_alone(bring):
    bring(status="shipped")
    bring(status="open")
    with pytest.raises(IntegrityError, match="cannot go"), transaction.atomic():
        Idea.objects.update(status=Status.SHIPPED)


def test_another_statement_is_a_correction(bring):
    bring(status="declined", statement="No.")
    assert bring(status="declined", statement="No, because of the law.") == Result.UPDATED
    assert the_idea().decisions.count() == 2


def test_an_open_idea_can_bring_a_statement(bring):
    bring(statement="We read it.")
    assert the_idea().decisions.get().statement == "We read it."


def test_who_decided_here_has_the_last_word(bring, team_member):
    bring(status="under_review")
    decide(idea=the_idea(), to=Status.DECLINED, by=team_member, grounds=GROUNDS)
    assert bring(status="shipped", statement="Done.") == Result.UNCHANGED
    assert the_idea().status == Status.DECLINED


def test_a_draft_is_its_authors(bring, member):
    bring(status="draft", author="mara", body="First.")
    idea = the_idea()
    assert (idea.opened_at, idea.revisions.count()) == (None, 0)
    assert bring(status="draft", body="Second.") == Result.UNCHANGED
    assert bring() == Result.UNCHANGED
    post(draft=idea, by=member)
    assert bring(status="draft") == Result.UNCHANGED
    assert the_idea().status == Status.OPEN


def test_a_draft_can_be_posted_by_a_file(bring):
    bring(status="draft", body="First.")
    assert bring(status="planned", statement="Soon.") == Result.UPDATED
    idea = the_idea()
    assert idea.opened_at
    assert idea.revisions.get().body == "First."
    assert idea.decisions.get().from_status == Status.OPEN


def test_an_old_vote_is_counted_and_cold(bring, supporter):
    bring(supporters="sven; ada; Lena Fuchs", created="2019")
    idea = the_idea()
    assert idea.tally.supports == 2  # nobody supports their own idea
    assert idea.tally.hot < -400
    assert tallies.drifts() == []


def test_supports_are_added_and_never_taken_away(bring, supporter):
    bring(supporters="sven")
    assert bring(supporters="New One") == Result.UPDATED
    assert the_idea().tally.supports == 2
    withdraw_support(idea=the_idea(), member=supporter)
    assert bring(supporters="sven; New One") == Result.UNCHANGED
    assert the_idea().tally.supports == 1


def test_a_number_of_supporters_is_shown_and_not_counted(bring):
    bring(supporters="41")
    assert bring(supporters="42") == Result.UPDATED
    idea = the_idea()
    assert (idea.earlier_supporters, idea.tally.supports) == (42, 0)
    assert bring(supporters="0") == Result.UPDATED
    assert not Support.objects.exists()


def test_enough_supporters_earn_an_answer_from_now_on(bring, board):
    board.answer_threshold, board.answer_days = 2, 10
    board.save()
    before = timezone.now()
    bring(supporters="A One; B Two", created="2019")
    assert the_idea().threshold_reached_at >= before
    bring(supporters="A One; B Two", external_id="2", status="declined")
    assert Idea.objects.get(external_id="2").answer_due_at is None


def test_tags_are_added_up_to_five(bring):
    bring(tags="a, b; C")
    bring(tags="d,e,f")
    assert set(the_idea().tags.names()) == {"a", "b", "c", "d", "e"}
    assert bring(tags="c,f") == Result.UNCHANGED


def test_co_authors_are_named_at_the_end(bring):
    bring("de", author="Lena Fuchs; Ana_B *the* [first]; Tom")
    idea = the_idea()
    assert idea.author.display_name == "Lena Fuchs"
    assert idea.body_html.count("Ana_B *the* [first], Tom") == 1
    assert bring("de", author="Lena Fuchs; Ana_B *the* [first]; Tom") == Result.UNCHANGED


def test_the_author_of_a_known_idea_stays(bring):
    bring()
    assert bring(author="Somebody Else") == Result.UNCHANGED
    assert the_idea().author.display_name == "Lena Fuchs"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"external_id": "7"},
            {"external_id": "7", "title": "Renamed", "url": "https://b.example"},
        ),
        ({"url": "https://A.example/x/"}, {"url": "https://a.example/x", "title": "Renamed"}),
        ({"title": "Charge, at  NIGHT!"}, {"title": "charge at night"}),
        ({"title": "???"}, {"title": "???"}),
        ({"url": f"https://a.example/{'x' * 300}"}, {"url": f"https://a.example/{'x' * 300}"}),
    ],
)
def test_what_makes_it_the_same_idea(bring, first, second):
    nothing = {"external_id": "", "url": ""}
    bring(**nothing | first)
    assert bring(**nothing | second) != Result.CREATED
    assert Idea.objects.count() == 1


def test_another_board_has_ideas_of_its_own(bring, board, other_team_member):
    bring()
    read = entry(Line(2, {"title": "x", "external_id": "1", "author": "ada"}), Reading())
    (outcome,) = importing.import_batch(board=BoardFactory(), entries=[read], language="en")
    assert outcome.result == Result.CREATED


def test_what_the_database_refuses_is_left_out(board, monkeypatch):
    rows = [{"title": t, "author": "ada"} for t in ("One", "Two", "Three")]
    entries = [entry(Line(n, row), Reading()) for n, row in enumerate(rows, 2)]
    # No line gets as far as this by itself: the database would have to know better than we do.
    object.__setattr__(entries[1], "title", "")
    outcomes = importing.import_batch(board=board, entries=entries, language="en")
    assert [o.result for o in outcomes] == [Result.CREATED, Result.REFUSED, Result.CREATED]
    assert "ideas_have_a_title" in outcomes[1].reason
    assert set(Idea.objects.values_list("title", flat=True)) == {"One", "Three"}


def test_history_says_that_it_was_imported(bring):
    bring()
    assert IdeaRevision.objects.get().note == "Brought along by an import"


def test_cost_does_not_grow_with_lines(board, django_assert_num_queries):
    def batch(first, last):
        rows = [
            {"title": f"Idea {n}", "author": "Lena", "status": "planned"}
            for n in range(first, last)
        ]
        return [entry(Line(n, row), Reading()) for n, row in enumerate(rows)]

    importing.import_batch(board=board, entries=batch(0, 1), language="en")
    with django_assert_num_queries(22):
        importing.import_batch(board=board, entries=batch(1, 2), language="en")
    with django_assert_num_queries(22):
        importing.import_batch(board=board, entries=batch(2, 52), language="en")


def test_members_are_known_by_handle_address_or_name(bring):
    lena = MemberFactory(handle="lena", display_name="Lena Fuchs", email="Lena@example.org")
    for name in ("@Lena", "lena@EXAMPLE.org", "Lena Fuchs"):
        bring(external_id=name, author=name)
    assert set(Idea.objects.values_list("author", flat=True)) == {lena.pk}
    assert Member.objects.filter(email__endswith="@import.invalid").count() == 0


def test_what_was_merged_here_stays_merged(bring, board, team_member, supporter):
    """Its text and its votes go on coming, and count where it stands; its steps are the team's."""
    bring()
    survivor = IdeaFactory(board=board)
    merging.merge(duplicate=the_idea(), survivor=survivor, by=team_member, note="The same.")
    said = {"body": "At noon.", "supporters": "sven", "status": "planned", "statement": "Soon."}
    assert bring(**said) == Result.UPDATED
    idea = the_idea()
    assert (idea.merged_into, idea.body, idea.status) == (survivor, "At noon.", "open")
    survivor.tally.refresh_from_db()
    assert survivor.tally.supports == 1
    assert tallies.drifts() == []
    assert bring(**said) == Result.UNCHANGED


def test_the_log_says_where_it_stands_and_nothing_else(bring, board):
    bring(tags="night")
    bring(tags="night")
    bring(tags="night; roof")
    idea = the_idea()
    tags = sorted(idea.tags.values_list("pk", flat=True))
    facts = list(EventRecord.objects.order_by("pk").values_list("kind", "payload"))
    assert facts == [
        ("ideas.sorted", {"places": [[idea.pk, board.pk, *tags[:1]]]}),
        ("ideas.sorted", {"places": [[idea.pk, board.pk, *tags]]}),
    ]
