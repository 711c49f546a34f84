"""EXPLAIN of every query that lists ideas: each uses its index, whatever the size of the site."""

from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from benchmarks.generator import words
from community.models import Member
from ideas import finding, lanes, record, roadmap
from ideas.listing import Wanted, page_of
from ideas.models import Board, Decision, Idea, IdeaTally, Merge, PendingDecision, Promise, Review
from ideas.models.composing import PendingState
from ideas.models.merge import Consent
from ideas.ordering import HOT, NEEDS_SUPPORT, NEW, ORDERS, TOP
from ideas.reach import reach_of
from ideas.status import Status
from tests.plans import MANY, SITE, indexes_of, plans_of, sorted_rows

BOARD = "charging"
INDEXES = {
    (HOT, ""): "hot_all",
    (HOT, "board"): "hot_board",
    (HOT, "status"): "hot_status",
    (TOP, ""): "top_all",
    (TOP, "board"): "top_board",
    (TOP, "status"): "top_status",
    (NEW, ""): "new_all",
    (NEW, "board"): "new_board",
    (NEW, "status"): "new_status",
    (NEEDS_SUPPORT, ""): "few_all",
    (NEEDS_SUPPORT, "board"): "few_board",
    # All of them are open: that is what the index holds.
    (NEEDS_SUPPORT, "status"): "few_all",
}
FILTERS = {"": {}, "board": {"board": BOARD}, "status": {"status": "open"}}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("large_site")]


@pytest.fixture
def viewer(large_site):
    return Member.objects.order_by("-id")[0]


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize("filtered", FILTERS)
@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_list_reads_its_index_and_no_more(order, filtered, who, request):
    member = request.getfixturevalue("viewer") if who == "member" else None
    wanted = Wanted(order=order, **FILTERS[filtered])
    after = None
    for _ in range(3):
        asked = replace(wanted, after=after)
        plans = plans_of(lambda asked=asked: page_of(asked, member))
        assert INDEXES[order, filtered] in indexes_of(plans)
        assert not sorted_rows(plans)
        after = page_of(asked, member).next
        assert after is not None


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_rare_tag_is_found_by_the_tag(order):
    wanted = Wanted(order=order, tag=f"tag-{SITE.tags}")
    assert any("tag" in name for name in indexes_of(plans_of(lambda: page_of(wanted, None))))


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_an_author_is_found_by_name(order):
    wanted = Wanted(order=order, author="m_7")
    assert "idea_by_author" in indexes_of(plans_of(lambda: page_of(wanted, None)))


@pytest.mark.parametrize("word", [words.RARE, words.MEDIUM, f"{words.COMMON} {words.MEDIUM}"])
def test_words_are_found_by_their_index(word):
    plans = plans_of(lambda: page_of(Wanted(words=word), None))
    assert "idea_words_by_age" in indexes_of(plans)


def test_misspelt_words_are_found_by_their_letters():
    plans = plans_of(lambda: page_of(Wanted(words="Quastenflossr"), None))
    assert "idea_title_trigrams" in indexes_of(plans)


def test_misspelt_words_of_merged_ideas_are_found_by_their_letters(viewer):
    """The survivor is looked for among what the letters found, not the other way round."""
    posted = Idea.objects.filter(hidden_at=None, merged_into=None, tally__gathers=0)
    ids = list(posted.exclude(status=Status.DRAFT).values_list("pk", flat=True)[:4000])
    Idea.objects.filter(pk__in=ids[1:]).update(merged_into=ids[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ideas_idea")
    plans = plans_of(lambda: page_of(Wanted(words="Quastenflossr"), None))
    assert "idea_title_trigrams" in indexes_of(plans)


def test_twins_are_found_by_words_and_letters(viewer):
    title = Idea.objects.filter(title__contains=words.RARE)[0].title
    found = indexes_of(plans_of(lambda: finding.twins(title=title, viewer=viewer)))
    assert {"idea_words_by_age", "idea_title_trigrams"} <= found


def test_what_is_owed_is_found_by_its_index():
    for ideas in (Idea.objects.all(), Idea.objects.filter(board=Board.objects.all()[0])):
        rows = ideas.visible_to(None).waiting().for_cards(None)[:5]
        plans = plans_of(lambda rows=rows: list(rows))
        # Where few ideas ever earned an answer, all of those are soon sorted, too.
        assert indexes_of(plans) & {"idea_owed", "idea_promised"}


def test_answers_are_read_from_their_end():
    plans = plans_of(lambda: list(Decision.objects.lately().for_quotes()[:3]))
    assert "decision_answers" in indexes_of(plans)


def test_an_idea_s_page_reads_only_its_own_rows(client, viewer):
    client.force_login(viewer)
    pk = Idea.objects.filter(status="shipped", hidden_at=None, tally__comments__gt=2)[0].pk
    plans_of(lambda: client.get(f"/ideas/{pk}/"))


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize(("filtered", "index"), [("", "roadmap_all"), ("board", "roadmap_board")])
@pytest.mark.parametrize("status", roadmap.COLUMNS)
def test_a_column_of_the_roadmap_reads_its_index_and_no_more(status, filtered, index, who, request):
    member = request.getfixturevalue("viewer") if who == "member" else None
    wanted = roadmap.Wanted(statuses=(status,), **FILTERS[filtered])
    for _ in range(2):
        plans = plans_of(lambda wanted=wanted: roadmap.stretch_of(wanted, member))
        assert index in indexes_of(plans)
        # Where a board has only a few in a status, putting those in order is no worse.
        assert all(node["Plan Rows"] < 100 for node in sorted_rows(plans[:1]))
        wanted = replace(wanted, after=roadmap.stretch_of(wanted, member).next)
        assert wanted.after is not None


def test_credits_and_pictures_are_found_by_their_ideas():
    wanted = roadmap.Wanted(statuses=(Status.SHIPPED,))
    ideas = roadmap.stretch_of(wanted, None).items
    plans_of(lambda: roadmap.with_pictures(roadmap.with_credits(ideas)))


@pytest.fixture
def much_was_decided(viewer):
    """One row for each decision that was ever composed; few of them wait."""
    ideas = Idea.objects.filter(hidden_at=None).values_list("pk", flat=True)[: MANY + 1000]
    PendingDecision.objects.bulk_create(
        PendingDecision(
            idea_id=pk, proposed_by=viewer, to_status="declined", statement="No.", seen=0,
            state=PendingState.CANCELLED if n % 100 else PendingState.SCHEDULED,
            ended_at=timezone.now() if n % 100 else None, publish_at=timezone.now(),
        )
        for n, pk in enumerate(ideas)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ideas_pendingdecision")


@pytest.mark.usefixtures("much_was_decided")
def test_what_waits_is_found_by_its_index():
    rows = PendingDecision.objects.waiting().of_boards(None).for_list().order_by("-id")
    for page in (rows, rows.filter(pk__lt=rows[40].pk)):
        assert "pending_waiting" in indexes_of(plans_of(lambda page=page: list(page[:31])))


@pytest.mark.usefixtures("much_was_decided")
def test_what_waits_is_counted_as_far_as_it_is_said():
    rows = PendingDecision.objects.waiting().of_boards(None)
    assert "pending_waiting" in indexes_of(plans_of(lambda: rows.few(100)))


@pytest.mark.usefixtures("much_was_decided")
def test_what_is_due_is_found_by_its_index():
    due = PendingDecision.objects.due(timezone.now())
    assert "pending_publish" in indexes_of(plans_of(lambda: list(due[:200])))


def test_whom_a_decision_tells_is_read_from_the_idea_s_own_rows(viewer):
    idea = Idea.objects.order_by("-tally__supports")[0]
    assert indexes_of(plans_of(lambda: reach_of(idea, by=viewer.pk)))


# --- The review queue -----------------------------------------------------------------------------

LANE_INDEXES = {
    "due": "lane_due",
    "top": "lane_top",
    "rising": "lane_rising",
    "reopened": "lane_reopened",
    "unseen": "lane_unseen",
    "mine": "review_assignee",
    "scored": "lane_scored",
    "objections": "merge_objected",
}


@pytest.fixture
def reviewed(viewer):
    """Many ideas are due, reopened, scored, looked after by somebody, or merged."""
    third = IdeaTally.objects.extra(where=["idea_id %% 3 = 0"])
    third.update(due_at=Now(), reopened_at=Now(), priority=F("shuffle"))
    ids = list(Idea.objects.order_by("pk").values_list("pk", flat=True)[:6000])
    others = list(Member.objects.order_by("pk")[:40])
    people = [viewer if n % 100 == 0 else others[n % 40] for n in range(len(ids))]
    Review.objects.bulk_create(
        Review(idea_id=pk, assignee=one) for pk, one in zip(ids, people, strict=True)
    )
    Merge.objects.bulk_create(
        (merge(pk, ids[0], viewer, objected=pk % 50 == 0) for pk in ids[1:]),
        # Some are merged already.
        ignore_conflicts=True,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ideas_ideatally, ideas_review, ideas_merge")


def merge(duplicate, survivor, by, *, objected):
    said = {"consent": Consent.OBJECTED, "consent_at": Now(), "objection": "No."}
    return Merge(
        duplicate_id=duplicate, survivor_id=survivor, merged_by=by, note="Same.", merged_at=Now(),
        **(said if objected else {}),
    )  # fmt: skip


@pytest.mark.usefixtures("reviewed")
@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize("lane", lanes.LANES.values(), ids=lanes.LANES)
def test_a_lane_reads_a_few_rows_of_each_board(lane, number, viewer):
    boards = list(Board.objects.order_by("pk")[:number])
    asked = lanes.View(reviewer=viewer, boards=boards, lane=lane)
    after = None
    for _ in range(2):
        plans = plans_of(lambda after=after: lanes.part_of(replace(asked, after=after)))
        assert LANE_INDEXES[lane.code] in indexes_of(plans)
        # What is sorted are the few that every board gave, never a board.
        assert all(node["Plan Rows"] <= 26 * number for node in sorted_rows(plans))
        after = lanes.part_of(replace(asked, after=after)).next
        if after is None:
            break


def test_an_idea_s_desk_reads_only_its_own_rows(client, viewer):
    pk = Idea.objects.filter(status="open", hidden_at=None, tally__comments__gt=2)[0].pk
    viewer.is_staff = viewer.is_superuser = True
    viewer.save()
    client.force_login(viewer)
    plans_of(lambda: client.get(f"/review/ideas/{pk}/"))


@pytest.mark.parametrize("slug", ["", BOARD])
def test_what_is_overdue_is_read_from_its_end(slug):
    board = Board.objects.get(slug=slug) if slug else None
    wanted = "promise_due_board" if board else "promise_due"
    first = plans_of(lambda: record.overdue(board))
    assert wanted in indexes_of(first)
    assert not sorted_rows(first)
    _rows, place = record.overdue(board)
    behind = plans_of(lambda: record.overdue(board, place))
    assert wanted in indexes_of(behind)
    assert not sorted_rows(behind)


def test_reminders_are_found_by_their_index():
    plans = plans_of(
        lambda: list(
            Promise.objects.filter(escalate_at__lte=timezone.now()).order_by("escalate_at")
        )
    )
    assert "promise_to_escalate" in indexes_of(plans)
