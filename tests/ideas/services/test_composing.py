"""Decisions that wait: proposed, approved, returned, scheduled, published, overtaken."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from community.errors import Refused
from community.models import Notification
from ideas.models import Comment, Decision, DecisionTemplate, PendingDecision, TeamDeed
from ideas.models.composing import PendingState
from ideas.services import composing
from ideas.services.composing import Composed
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.steps import Grounds, decide
from ideas.status import Reason, Status
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, idea_in, said_on, supported
from tests.sql import refused as database_refuses
from tests.sql import sql

pytestmark = pytest.mark.django_db

NO = Composed(to="declined", grounds=GROUNDS)
HOUR = timedelta(hours=1)


@pytest.fixture
def careful(board):
    """The board asks for a second person."""
    board.needs_second_person = True
    board.save(update_fields=["needs_second_person"])
    return board


@pytest.fixture
def manager(db):
    """Decides everywhere, and is in no team."""
    noor = MemberFactory(handle="noor", display_name="Noor van den Berg", is_staff=True)
    noor.user_permissions.add(Permission.objects.get(codename="decide_anywhere"))
    return noor


def in_(hours):
    return timezone.now() + hours * HOUR


def refused(code):
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


def submit(idea, by, **changes):
    return composing.submit(idea=idea, by=by, composed=replace(NO, **changes))


def state_of(pending):
    return PendingDecision.objects.get(pk=pending.pk).state


def come_due(pending):
    PendingDecision.objects.filter(pk=pending.pk).update(publish_at=timezone.now() - HOUR)


def deeds_on(idea):
    return list(TeamDeed.objects.filter(idea=idea).order_by("id").values_list("kind", "member"))


def told(kind):
    return list(
        Notification.objects.filter(kind=kind)
        .order_by("member__handle")
        .values_list("member__handle", flat=True)
    )


class TestAtOnce:
    def test_it_is_published_with_the_points_it_answers(self, idea, team_member):
        question, concern, other = (
            said_on(idea, kind=k) for k in ("question", "concern", "question")
        )
        made = submit(idea, team_member, answers=[question.pk, concern.pk], uses=[concern.pk])
        assert isinstance(made, Decision)
        settled = Comment.objects.filter(resolved_by=team_member)
        assert set(settled) == {question, concern}
        other.refresh_from_db()
        assert other.resolved_at is None
        kept = made.pending
        assert (kept.state, kept.uses) == (PendingState.PUBLISHED, [concern.pk])
        assert deeds_on(idea) == [("decided", team_member.pk), ("credited", team_member.pk)]

    def test_the_one_who_asked_is_told(self, idea, team_member, stranger, deliver):
        question = said_on(idea, kind="question", by=stranger)
        submit(idea, team_member, answers=[question.pk])
        deliver()
        assert told("ideas.resolved") == ["tom"]

    def test_comments_of_other_ideas_and_hidden_ones_are_left_alone(self, idea, board, team_member):
        elsewhere = said_on(idea_in("open", board=board), kind="question")
        hidden = said_on(idea, kind="question")
        set_comment_hidden(comment=hidden, hidden=True)
        submit(idea, team_member, answers=[elsewhere.pk, hidden.pk, 2**40])
        assert not Comment.objects.exclude(resolved_at=None).exists()

    def test_a_step_that_is_no_answer_needs_no_second_person(self, careful, idea, team_member):
        made = submit(idea, team_member, to="under_review")
        assert isinstance(made, Decision)

    def test_a_refusal_leaves_nothing(self, idea, team_member):
        question = said_on(idea, kind="question")
        with refused("missing_statement"):
            submit(idea, team_member, grounds=Grounds(), answers=[question.pk])
        assert not PendingDecision.objects.exists()
        assert not Decision.objects.exists()

    def test_a_late_one_is_refused(self, idea, team_member, colleague):
        submit(idea, colleague, to="under_review")
        with refused("stale"):
            submit(idea, team_member, seen=0)

    @pytest.mark.parametrize("who", ["stranger", "author", "other_team_member"])
    def test_others_may_not(self, request, idea, who):
        with refused("not_your_step"):
            submit(idea, request.getfixturevalue(who))
        with refused("not_your_team"):
            submit(idea, request.getfixturevalue(who), publish_at=in_(1))

    def test_an_author_takes_the_author_s_step(self, board, author):
        idea = idea_in("needs_info", board=board, author=author)
        made = submit(idea, author, to="open")
        assert (made.member, made.team) == (author, None)


class TestProposed:
    def test_an_answer_waits_for_a_colleague(self, careful, idea, team_member, colleague, deliver):
        pending = submit(idea, team_member)
        assert pending.state == PendingState.PROPOSED
        idea.refresh_from_db()
        assert idea.status == Status.OPEN
        assert deeds_on(idea) == [("proposed", team_member.pk)]
        deliver()
        assert told("ideas.proposed") == ["ben"]
        note = Notification.objects.get(kind="ideas.proposed")
        assert note.url == f"/review/ideas/{idea.pk}/decide/"
        assert note.sentence == (
            "Anouk de Vries asks for a second look at a decision on “Charge at night”"
        )

    def test_nobody_gets_around_it(self, careful, idea, team_member):
        with refused("needs_second_person"):
            decide(idea=idea, to="declined", by=team_member, grounds=GROUNDS)
        with refused("needs_second_person"):
            decide(idea=idea, to="declined", by=team_member, grounds=GROUNDS, second=team_member)
        with refused("needs_second_person"):
            composing.schedule(idea=idea, by=team_member, composed=replace(NO, publish_at=in_(1)))

    def test_where_nobody_else_is_in_the_team_the_managers_hear(
        self, careful, idea, team_member, manager, deliver
    ):
        submit(idea, team_member)
        deliver()
        assert told("ideas.proposed") == ["noor"]

    @pytest.mark.parametrize("who", ["colleague", "manager"])
    def test_a_second_person_approves_and_it_is_public(
        self, request, careful, idea, team_member, who, deliver
    ):
        supported(idea)
        second = request.getfixturevalue(who)
        question = said_on(idea, kind="question", by=idea.author)
        pending = submit(idea, team_member, answers=[question.pk])
        pending = composing.approve(pending=pending, by=second)
        assert pending.state == PendingState.PUBLISHED
        made = Decision.objects.get()
        assert (made.member, made.team, made.pending) == (team_member, careful.team, pending)
        question.refresh_from_db()
        assert question.resolved_by == team_member
        assert [kind for kind, _ in deeds_on(idea)] == ["proposed", "decided", "approved"]
        deliver()
        assert told("ideas.approved") == ["anouk"]
        assert len(told("ideas.decided")) == 2

    def test_one_does_not_approve_one_s_own(self, careful, idea, team_member):
        pending = submit(idea, team_member)
        with refused("own_proposal"):
            composing.approve(pending=pending, by=team_member)
        with refused("own_proposal"):
            composing.return_(pending=pending, by=team_member, remark="No.")

    def test_the_database_wants_four_eyes_too(self, careful, idea, team_member):
        submit(idea, team_member)
        with database_refuses("four_eyes"):
            PendingDecision.objects.update(approved_by=team_member)

    @pytest.mark.parametrize("who", ["stranger", "author", "other_team_member"])
    def test_others_neither_approve_nor_return_nor_cancel(
        self, request, careful, idea, team_member, who
    ):
        pending, other = submit(idea, team_member), request.getfixturevalue(who)
        for deed in (
            lambda: composing.approve(pending=pending, by=other),
            lambda: composing.return_(pending=pending, by=other, remark="No."),
            lambda: composing.cancel(pending=pending, by=other),
        ):
            with refused("not_your_team"):
                deed()

    def test_it_is_returned_with_a_remark(self, careful, idea, team_member, colleague, deliver):
        pending = submit(idea, team_member)
        with refused("missing_remark"):
            composing.return_(pending=pending, by=colleague, remark=" ")
        composing.return_(pending=pending, by=colleague, remark="Say what it costs.")
        assert state_of(pending) == PendingState.RETURNED
        deliver()
        note = Notification.objects.get(kind="ideas.returned")
        assert (note.member, note.excerpt) == (team_member, "Say what it costs.")

    def test_another_wording_replaces_it(self, careful, idea, team_member, colleague):
        """Whoever approves, approves the words that they read."""
        first = submit(idea, team_member)
        second = submit(idea, team_member, grounds=replace(GROUNDS, statement="In other words."))
        assert (state_of(first), state_of(second)) == ("cancelled", "proposed")
        with refused("stale"):
            composing.approve(pending=first, by=colleague)
        composing.approve(pending=second, by=colleague)
        assert Decision.objects.get().statement == "In other words."

    def test_one_waits_at_a_time(self, careful, idea, team_member, colleague):
        submit(idea, team_member)
        with refused("already_waiting"):
            submit(idea, colleague)

    def test_with_a_day_it_is_public_then(self, careful, idea, team_member, colleague):
        pending = submit(idea, team_member, publish_at=in_(1))
        come_due(pending)
        assert composing.publish_due() == 0
        PendingDecision.objects.update(publish_at=in_(1))
        pending = composing.approve(pending=pending, by=colleague)
        assert pending.state == PendingState.SCHEDULED
        assert not Decision.objects.exists()
        come_due(pending)
        assert composing.publish_due() == 1
        assert PendingDecision.objects.get().approved_by == colleague

    def test_approved_after_its_day_it_is_public_at_once(
        self, careful, idea, team_member, colleague
    ):
        pending = submit(idea, team_member, publish_at=in_(1))
        come_due(pending)
        assert composing.approve(pending=pending, by=colleague).state == PendingState.PUBLISHED


class TestScheduled:
    def test_it_is_public_on_its_day_and_once(self, idea, team_member, deliver):
        supported(idea)
        pending = submit(idea, team_member, publish_at=in_(1))
        assert deeds_on(idea) == [("scheduled", team_member.pk)]
        assert composing.publish_due() == 0
        come_due(pending)
        assert composing.publish_due() == 1
        assert composing.publish_due() == 0
        assert Decision.objects.get().member == team_member
        deliver()
        assert told("ideas.published") == ["anouk"]
        assert len(told("ideas.decided")) == 2

    @pytest.mark.parametrize(
        ("hours", "code"), [(-1, "publish_at_past"), (24 * 367, "publish_at_far")]
    )
    def test_only_within_the_next_year(self, idea, team_member, hours, code):
        with refused(code):
            submit(idea, team_member, publish_at=in_(hours))
        pending = submit(idea, team_member, publish_at=in_(1))
        with refused(code):
            composing.reschedule(pending=pending, by=team_member, publish_at=in_(hours))

    def test_a_colleague_moves_or_cancels_it(self, idea, team_member, colleague, deliver):
        pending = submit(idea, team_member, publish_at=in_(1))
        later = in_(48)
        composing.reschedule(pending=pending, by=colleague, publish_at=later)
        assert PendingDecision.objects.get().publish_at == later
        composing.cancel(pending=pending, by=colleague, remark="The law changed.")
        come_due(pending)
        assert composing.publish_due() == 0
        deliver()
        note = Notification.objects.get(kind="ideas.cancelled")
        assert (note.member, note.excerpt) == (team_member, "The law changed.")
        for deed in (
            lambda: composing.cancel(pending=pending, by=colleague),
            lambda: composing.reschedule(pending=pending, by=colleague, publish_at=later),
        ):
            with refused("stale"):
                deed()

    def test_one_that_fails_holds_up_no_other(self, board, team_member, caplog):
        bad, good = idea_in("open", board=board), idea_in("open", board=board)
        pendings = [submit(each, team_member, publish_at=in_(1)) for each in (bad, good)]
        for pending in pendings:
            come_due(pending)
        sql(f"ALTER TABLE ideas_decision ADD CHECK (idea_id <> {bad.pk})")
        assert composing.publish_due() == 1
        assert f"The decision {pendings[0].pk} is due" in caplog.text
        assert Decision.objects.get().idea == good
        assert state_of(pendings[0]) == PendingState.SCHEDULED

    def test_a_board_that_became_careful_asks_first(
        self, idea, team_member, colleague, board, deliver
    ):
        pending = submit(idea, team_member, publish_at=in_(1))
        board.needs_second_person = True
        board.save(update_fields=["needs_second_person"])
        come_due(pending)
        assert composing.publish_due() == 0
        assert state_of(pending) == PendingState.PROPOSED
        deliver()
        assert told("ideas.proposed") == ["ben"]


class TestOvertaken:
    def test_by_a_colleague_s_step(self, idea, team_member, colleague, deliver):
        pending = submit(idea, team_member, publish_at=in_(1))
        decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
        deliver()
        pending.refresh_from_db()
        assert pending.state == PendingState.STALE
        assert pending.remark == (
            "Another step came first: the idea is now “Under review” (Ben Arslan)."
        )
        deliver()
        note = Notification.objects.get(kind="ideas.overtaken")
        assert (note.member, note.excerpt) == (team_member, pending.remark)
        assert note.url == f"/review/ideas/{idea.pk}/decide/"

    def test_found_on_its_day(self, idea, team_member, colleague):
        """Before the worker came to hear of the step."""
        pending = submit(idea, team_member, publish_at=in_(1))
        decide(idea=idea, to="declined", by=colleague, grounds=GROUNDS)
        come_due(pending)
        assert composing.publish_due() == 0
        assert state_of(pending) == PendingState.STALE
        assert Decision.objects.get().member == colleague

    def test_found_by_the_second_person(self, careful, idea, team_member, colleague, deliver):
        pending = submit(idea, team_member)
        decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
        pending = composing.approve(pending=pending, by=colleague)
        assert pending.state == PendingState.STALE
        assert Decision.objects.count() == 1
        deliver()
        assert told("ideas.overtaken") == ["anouk"]
        assert told("ideas.approved") == []

    def test_by_the_loss_of_the_right(self, idea, team_member, team, deliver):
        pending = submit(idea, team_member, publish_at=in_(1))
        team.memberships.all().delete()
        come_due(pending)
        assert composing.publish_due() == 0
        pending.refresh_from_db()
        assert (pending.state, pending.remark) == (
            "stale", "This step is for the team that owns the board."
        )  # fmt: skip
        deliver()
        # The composer is closed to them now.
        assert Notification.objects.get(kind="ideas.overtaken").url == f"/ideas/{idea.pk}/"

    def test_by_moderation(self, idea, team_member):
        pending = submit(idea, team_member, publish_at=in_(1))
        set_idea_hidden(idea=idea, hidden=True)
        come_due(pending)
        assert composing.publish_due() == 0
        assert state_of(pending) == PendingState.STALE

    def test_it_is_said_in_the_author_s_language(self, idea, team_member, colleague):
        type(team_member).objects.filter(pk=team_member.pk).update(language="de")
        pending = submit(idea, team_member, publish_at=in_(1))
        decide(idea=idea, to="declined", by=colleague, grounds=GROUNDS)
        come_due(pending)
        composing.publish_due()
        pending.refresh_from_db()
        assert "Abgelehnt" in pending.remark

    def test_its_own_publication_overtakes_nothing(self, idea, team_member, deliver):
        pending = submit(idea, team_member, publish_at=in_(1))
        come_due(pending)
        composing.publish_due()
        deliver()
        assert state_of(pending) == PendingState.PUBLISHED

    def test_written_anew_after_the_step_it_waits_on(self, idea, team_member, colleague, deliver):
        decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
        pending = submit(idea, team_member, publish_at=in_(1))
        deliver()
        assert state_of(pending) == PendingState.SCHEDULED


class TestTemplates:
    def test_there_is_one_for_each_step_and_reason_in_both_languages(self):
        composing.set_up_templates()
        there = set(DecisionTemplate.objects.values_list("to_status", "reason", "language"))
        steps = {(s, "") for s in Status if s not in (Status.DRAFT, Status.DECLINED)}
        needed = steps | {(Status.DECLINED, reason) for reason in Reason}
        assert there == {(*step, language) for step in needed for language in ("en", "de")}

    def test_what_a_no_needs_is_filled(self, idea, team_member):
        composing.set_up_templates()
        for template in DecisionTemplate.objects.filter(to_status="declined"):
            words = template.words_for(idea)
            assert words["statement"]
            assert words["change_our_mind"]

    def test_they_are_written_once_and_keep_what_was_edited(self):
        assert composing.set_up_templates() == 36
        DecisionTemplate.objects.filter(reason="legal", language="en").update(name="Ours")
        assert composing.set_up_templates() == 0
        DecisionTemplate.objects.filter(reason="legal", language="de").delete()
        assert composing.set_up_templates() == 1
        assert DecisionTemplate.objects.filter(name="Ours").count() == 1

    def test_placeholders_are_filled_and_other_braces_stay(self, idea):
        idea.title = "More {team} spirit"
        template = DecisionTemplate(
            statement="{author}, “{title}” has {supporters} supporters. {team}. {x} {"
        )
        assert template.words_for(idea)["statement"] == (
            "Ada Brandt, “More {team} spirit” has 0 supporters. Charging. {x} {"
        )
