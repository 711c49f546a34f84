"""The demo community: complete, consistent, and only ever loaded into an empty database."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.test import override_settings
from django.utils import timezone

from activity.delivery import drain
from activity.models import EventRecord
from community.models import (
    Digest,
    Mail,
    Member,
    Notification,
    SentMail,
    Team,
    Topic,
    TopicTally,
)  # fmt: skip
from community.models.topic import TopicKind
from community.services.digests import make_due
from config.demo import digests
from config.demo.logins import DEMO_LOGINS
from ideas import lanes, news, policies
from ideas.models import (
    Board,
    CoAuthor,
    Comment,
    Contribution,
    Decision,
    DecisionTemplate,
    Escalation,
    Follow,
    HelpfulMark,
    Idea,
    IdeaRevision,
    IdeaTally,
    Merge,
    PendingDecision,
    Promise,
    PromiseCount,
    Support,
    TopicLink,
)
from ideas.models.comment import CommentKind
from ideas.models.support import SupportState
from ideas.services import tallies, verifying
from ideas.services.composing.composed import grounds_of
from ideas.services.steps import last_decision
from ideas.status import Status, find
from reputation import measuring
from reputation.badges import BY_SLUG, Grade
from reputation.looking import look
from reputation.models import (
    BadgeTally,
    Case,
    CaseState,
    Holding,
    Leader,
    Step,
    TrustChange,
    Vouch,
    Watch,
)
from reputation.services import award

# The mark gives each test a savepoint of its own inside the transaction of `community`.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("community")]


@pytest.fixture(scope="module")
def community(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for all tests of this module, which only read it."""
    pictures = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), pictures, transaction.atomic():
        said = io.StringIO()
        call_command("load_demo", stdout=said)
        # Deferred constraints speak up here instead of never.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield said.getvalue()
        transaction.set_rollback(True)


def numbers(*models):
    return [model.objects.count() for model in models]


def test_there_is_something_of_everything():
    statuses = dict(Idea.objects.values_list("status").annotate(Count("id")))
    assert set(statuses) == set(Status)
    kinds = set(Comment.objects.values_list("kind", flat=True))
    assert kinds == set(CommentKind)
    members, ideas, teams, boards = numbers(Member, Idea, Team, Board)
    assert (members >= 60, ideas, teams, boards) == (True, 134, 6, 6)
    assert set(Idea.objects.values_list("language", flat=True)) == {"en", "de"}
    assert Support.objects.filter(state=SupportState.PENDING).exists()
    assert Comment.objects.exclude(parent=None).exists()
    assert Comment.objects.exclude(resolved_at=None).exists()
    assert IdeaRevision.objects.filter(number=2).count() >= 8


def test_decisions_wait_for_a_second_person_and_for_their_day():
    waiting = PendingDecision.objects.waiting().order_by("id")
    assert [(p.state, p.idea.board.needs_second_person) for p in waiting] == [
        ("proposed", True), ("scheduled", False),
    ]  # fmt: skip
    for pending in waiting:
        assert find(pending.idea.status, pending.to_status)
        assert pending.seen == last_decision(pending.idea)
        assert policies.answers_for(pending.proposed_by, pending.idea.board)
        assert not grounds_of(pending).missing(find(pending.idea.status, pending.to_status))
        assert pending.idea.comments.open_points().filter(pk__in=pending.answers).exists()
    assert DecisionTemplate.objects.count() == 36


def test_tallies_are_exact():
    assert tallies.drifts() == []
    assert Idea.objects.filter(tally__supports__gte=40).exists()


def test_promises_are_kept_late_due_and_overdue():
    answered = Idea.objects.filter(answered_at__isnull=False, answer_due_at__isnull=False)
    assert answered.filter(answered_at__lte=F("answer_due_at")).count() > 20
    # How many depends on the weekday: answers are due on working days.
    assert 3 <= answered.filter(answered_at__gt=F("answer_due_at")).count() <= 8
    waiting = Idea.objects.waiting()
    assert waiting.filter(answer_due_at__lt=timezone.now()).count() >= 3
    assert waiting.filter(answer_due_at__gt=timezone.now()).count() >= 5


def test_the_record_of_promises_is_lively():
    states = Counter(Promise.objects.values_list("state", flat=True))
    assert set(states) == {"running", "paused", "answered", "withdrawn"}
    assert states["withdrawn"] == 2
    assert Promise.objects.filter(kind="reply", state="answered").count() > 40
    assert Promise.objects.filter(kind="reply", due_at__lt=timezone.now(), state="running").exists()
    assert set(Escalation.objects.values_list("percent", flat=True)) == {50, 90, 100}
    months = {count.month for count in PromiseCount.objects.filter(outcome="kept")}
    assert len(months) >= 12


def test_most_first_replies_came_in_time_and_the_misses_are_there_to_see():
    over = Promise.objects.filter(kind="reply").exclude(state="withdrawn")
    over = over.filter(Q(ended_at__isnull=False) | Q(due_at__lt=timezone.now()))
    by_board = Counter(over.values_list("board__slug", flat=True))
    kept = Counter(over.filter(ended_at__lte=F("due_at")).values_list("board__slug", flat=True))
    assert 0.7 <= kept.total() / by_board.total() <= 0.85
    for board, number in by_board.items():
        assert 0.6 <= kept[board] / number < 1, board


def test_the_lane_of_what_is_due_has_something_late_soon_and_far():
    now = timezone.now()
    due = IdeaTally.objects.filter(lanes.DUE.holds)
    assert 3 <= due.filter(due_at__lt=now).count() <= 16
    assert due.filter(due_at__range=(now, now + timedelta(days=7))).count() >= 3
    assert due.filter(due_at__gt=now + timedelta(days=10)).count() >= 3


def test_nobody_has_seen_something_and_it_is_not_what_a_team_answered():
    unseen = IdeaTally.objects.filter(lanes.UNSEEN.holds)
    assert unseen.count() >= 5
    assert not unseen.filter(idea__comments__team__isnull=False).exists()


def test_the_record_of_promises_follows_from_what_happened():
    assert verifying.drifts() == []


def test_ideas_over_the_threshold_have_a_clock():
    waits = [Status.OPEN, Status.NEEDS_INFO, Status.UNDER_REVIEW]
    earned = Idea.objects.filter(
        status__in=waits, tally__supports__gte=F("board__answer_threshold")
    )
    assert earned.exists()
    assert not earned.filter(answer_due_at=None, promise_withdrawn_at=None).exists()


def test_decisions_follow_the_table_of_steps():
    for idea in Idea.objects.exclude(status=Status.DRAFT).prefetch_related("decisions"):
        status = Status.OPEN
        for decision in sorted(idea.decisions.all(), key=lambda d: d.created_at):
            assert decision.from_status == status
            assert find(decision.from_status, decision.to_status)
            status = decision.to_status
        assert status == idea.status


def test_nothing_happens_before_its_time():
    assert not Support.objects.filter(created_at__lt=F("idea__opened_at")).exists()
    assert not Support.objects.filter(created_at__lt=F("member__date_joined")).exists()
    assert not Comment.objects.filter(created_at__lt=F("idea__opened_at")).exists()
    assert not Comment.objects.filter(created_at__lt=F("author__date_joined")).exists()
    assert not Comment.objects.filter(created_at__lt=F("parent__created_at")).exists()
    assert not Idea.objects.filter(created_at__lt=F("author__date_joined")).exists()
    for model in (Support, Comment, Decision, Follow, Notification):
        assert not model.objects.filter(created_at__gt=timezone.now()).exists()


def test_no_budget_is_overspent():
    for board in Board.objects.filter(uses_budget=True):
        for member in Member.objects.all():
            spent = Support.objects.on_budget(member_id=member.pk, board_id=board.pk).count()
            assert spent <= member.privileges.support_budget


def test_no_declined_idea_is_about_to_reopen_by_itself():
    last = Decision.objects.filter(idea=OuterRef("idea")).order_by("-id").values("created_at")[:1]
    since = (
        Support.objects.counted()
        .filter(idea__status=Status.DECLINED, counted_at__gt=Subquery(last))
        .values("idea")
        .annotate(n=Count("id"))
        .filter(n__gte=F("idea__board__reopen_threshold"))
    )
    assert not since.exists()


def test_the_past_is_in_the_log_and_nobody_is_told_of_it_again():
    events, told = numbers(EventRecord, Notification)
    kinds = set(EventRecord.objects.values_list("kind", flat=True))
    assert {"ideas.opened", "ideas.support_given", "ideas.decision_made"} <= kinds
    latest = EventRecord.objects.order_by("-transaction_id").values_list("transaction_id")[0][0]
    drain(upto=latest + 1)
    assert numbers(EventRecord, Notification) == [events, told]
    assert not Mail.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize("login", DEMO_LOGINS, ids=lambda login: login.handle)
def test_a_login_finds_unread_notifications_and_may_enter(login):
    member = Member.objects.get(email=login.email)
    assert (member.handle, member.display_name) == (login.handle, login.name)
    assert Notification.objects.of(member).unread().exists()
    assert check_password(login.password, member.password)


@pytest.mark.parametrize(
    ("handle", "may_decide", "in_the_admin"),
    [("mara", False, False), ("kaya", False, True), ("noor", True, True), ("admin", True, True)],
)
def test_roles_let_in_who_should_be(handle, may_decide, in_the_admin):
    member = Member.objects.get(handle=handle)
    assert member.is_staff == in_the_admin
    assert policies.answers_for(member, Board.objects.get(slug="heating")) == may_decide


def test_it_is_loaded_into_an_empty_database_only():
    before = numbers(Member, Idea, Support, Comment)
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    assert "not loaded" in said.getvalue()
    assert numbers(Member, Idea, Support, Comment) == before


def test_the_command_says_what_it_loaded(community):
    assert "134 ideas" in community


def test_it_is_the_same_community_every_time():
    assert numbers(Member, Idea, Support, Comment, Decision) == [80, 134, 1995, 508, 124]

    assert HelpfulMark.objects.filter(helpful=False).count() == 178


def test_members_were_told_of_many_things_and_have_read_some():
    mine = Notification.objects.filter(member__handle="mara")
    assert mine.unread().exists()
    assert mine.filter(read_at__isnull=False).exists()
    kinds = set(Notification.objects.values_list("kind", flat=True))
    wanted = ("commented", "answered", "decided", "mentioned", "merged_yours")
    assert {f"ideas.{kind}" for kind in wanted} <= kinds


def test_digests_lie_in_the_mailbox_in_both_languages():
    sent = Digest.objects.select_related("member", "mail")
    assert {(d.member.handle, d.period) for d in sent} == set(digests.READERS.items())
    for digest in sent:
        letter = SentMail.objects.get(to=digest.member.email)
        assert letter.sent_at == digest.mail.sent_at < timezone.now()
        subjects = digest.notifications.values_list("subject", flat=True)
        assert all(subject in letter.text for subject in subjects)
        german = "Keine solchen E-Mails mehr" in letter.text
        assert german == (digest.member.language == "de")
    # The next one is made when its hour comes, not as soon as the worker starts.
    assert make_due() == 0


@pytest.mark.parametrize("logins", [(), DEMO_LOGINS])
def test_logins_are_printed_in_the_demo_alone(settings, logins):
    settings.DEMO_LOGINS = logins
    said = io.StringIO()
    call_command("demo_logins", stdout=said)
    assert ("leonie@example.org" in said.getvalue()) == bool(logins)
    assert ("plenum-demo" in said.getvalue()) == bool(logins)


def test_the_forum_is_lively_and_its_counts_are_exact():
    topics = Topic.objects.select_related("tally")
    assert topics.count() == 25
    assert set(topics.values_list("kind", flat=True)) == set(TopicKind)
    assert set(topics.values_list("language", flat=True)) == {"en", "de"}
    for topic in topics:
        said = topic.replies.shown()
        answer = said.filter(accepted_at__isnull=False).first()
        assert topic.tally.replies == said.count()
        assert topic.tally.solved == (answer.solved_too.count() if answer else 0)
        assert topic.tally.last_at == max(
            [topic.created_at, *said.values_list("created_at", flat=True)]
        )
        for reply in said:
            assert reply.helpful == reply.marks.filter(helpful=True).count()
    assert TopicTally.objects.filter(kind="question", answered_at=None, replies=0).exists()
    assert TopicLink.objects.filter(kind="became").count() == 1
    assert TopicLink.objects.filter(kind="related").count() == 3


def test_merges_are_agreed_to_objected_to_and_asked_about():
    assert set(Merge.objects.live().values_list("consent", flat=True)) == {
        "agreed",
        "objected",
        "asked",
    }
    for merge in Merge.objects.select_related("duplicate", "survivor"):
        assert merge.duplicate.merged_into == merge.survivor
        assert merge.duplicate.opened_at < merge.merged_at
    (objected,) = Merge.objects.filter(consent="objected")
    assert objected.reply


def test_everybody_has_their_credit():
    posted = Idea.objects.exclude(status=Status.DRAFT)
    assert Contribution.objects.filter(part="author").count() == posted.count()
    shipped = Contribution.objects.filter(idea__status=Status.SHIPPED)
    assert {"author", "builds_on", "concern"} <= set(shipped.values_list("part", flat=True))
    assert not shipped.filter(comment__created_at__gt=F("recorded_at")).exists()


def test_friends_write_together_and_have_a_feed():
    mara = Member.objects.get(handle="mara")
    states = CoAuthor.objects.order_by("pk").values_list("member__handle", "state")
    assert list(states) == [("tom", "accepted"), ("mara", "invited"), ("mara", "accepted")]
    kinds = {line.kind for line in news.page_of(mara).lines}
    assert kinds >= {"opened", "commented", "supports"}


def test_badges_follow_from_what_happened():
    latest = EventRecord.objects.order_by("-transaction_id").values_list("transaction_id")[0][0]
    drain(upto=latest + 1)
    award()
    had = set(BadgeTally.objects.filter(members__gt=0).values_list("badge", flat=True))
    assert len(had) >= 15
    assert {BY_SLUG[slug].grade for slug in had} == set(Grade)
    assert Holding.objects.filter(member__handle="mara").count() >= 3


def test_every_level_has_its_reasons():
    """Nobody's level is claimed: each step is a row, and what keeps it is there to be counted."""
    steps = TrustChange.objects.order_by("pk").values_list("member", "before", "after")
    reached = dict.fromkeys(Member.objects.values_list("pk", flat=True), 0)
    for member, before, after in steps:
        assert reached[member] == before
        reached[member] = after
    assert reached == dict(Member.objects.values_list("pk", "trust_level"))
    assert set(reached.values()) == {0, 1, 2, 3, 4}
    assert not TrustChange.objects.filter(after=4, by=None).exists()
    mara = Member.objects.get(handle="mara")
    counts = measuring.counts_of([mara], ["days_lately", "discussed_lately"])[mara.pk]
    assert counts["days_lately"] >= 25
    assert counts["discussed_lately"] >= 5


def test_leaderboards_are_lively_of_every_time_and_of_every_board():
    lists = Leader.objects.values_list("leaderboard__area", "leaderboard__period")
    places = {(area, period): count for area, period, count in lists.annotate(Count("position"))}
    for period in ("week", "month", "year", "ever", "newcomers"):
        assert places["site", period] >= 5, period
        assert places["board", period] >= 5, period
        assert places["tag", period] >= 5, period
    boards = Leader.objects.filter(leaderboard__area="board", leaderboard__period="ever")
    assert set(boards.values_list("leaderboard__area_id", flat=True)) == set(
        Board.objects.values_list("pk", flat=True)
    )


def test_a_ring_waits_for_a_moderator():
    """Found by the nightly watch, by two detectors, with a picture and with nobody else in it."""
    (case,) = Case.objects.running()
    assert case.detectors == ["reciprocal", "lockstep"]
    assert case.state == CaseState.OPEN
    shown = look(case, Member.objects.get(handle="kaya"))
    ring = {"achim_k", "ronny_b", "viktor_h", "lena_w"}
    assert {person.member.handle for person in shown.people} == ring
    assert (len(shown.rows), len(shown.lanes)) == (36, 12)
    assert len(shown.circle.arrows) == 12
    assert Watch.objects.filter(ended_at__isnull=False).count() == 2


def test_a_school_class_was_looked_at_and_let_go():
    case = Case.objects.get(state=CaseState.DISMISSED)
    assert set(case.detectors) == {"burst", "newcomers"}
    steps = list(case.steps.order_by("made_at").values_list("step", "by__handle"))
    assert steps[-2:] == [(Step.CLAIMED, "oskar"), (Step.DISMISSED, "oskar")]
    assert {step for step, _by in steps[:-2]} == {Step.OPENED}
    assert "Klasse 9b" in case.steps.get(step=Step.DISMISSED).reason
    # The same votes are there last night, too, and open nothing.
    assert Case.objects.count() == 2


def test_trust_reaches_from_whom_the_team_knows_and_not_to_the_ring():
    assert Vouch.objects.filter(ended_at=None).count() == 6
    rank = dict(Member.objects.values_list("handle", "graph_trust"))
    known = ("mara", "bernd", "hanneke", "jule", "sofia", "margit")
    ring = ("achim_k", "ronny_b", "viktor_h", "lena_w")
    assert min(rank[handle] for handle in known) > max(rank[handle] for handle in ring)
