"""Deciding in the open: each step is a Decision with its grounds; promises start and stop."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from activity.models import EventRecord
from community.errors import Refused
from ideas.models import Decision, Idea, Support
from ideas.services.hiding import set_idea_hidden
from ideas.services.steps import Grounds, decide, last_decision, reopen
from ideas.services.supporting import give_support, withdraw_support
from ideas.status import STEPS, Role
from tests.factories.ideas import GROUNDS, IdeaFactory, answering, idea_in, supported

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


def refusal(**about):
    with pytest.raises(Refused) as refused:
        decide(**about)
    return refused.value.code


def test_a_decision_says_who_for_which_team_from_where_to_where_and_why(idea, team_member, team):
    made = decide(
        idea=idea,
        to="declined",
        by=team_member,
        grounds=replace(GROUNDS, revisit_on=date(2027, 3, 1)),
    )
    made.refresh_from_db()
    assert (made.member, made.team, made.origin) == (team_member, team, "person")
    assert (made.from_status, made.to_status) == ("open", "declined")
    assert made.statement_html == "<p>We looked into it.</p>\n"
    assert (made.reason, made.change_our_mind) == ("legal", "Another law.")
    assert made.revisit_on == date(2027, 3, 1)


def test_a_decision_is_a_fact_in_the_log(idea, team_member):
    made = decide(idea=idea, to="declined", by=team_member, grounds=GROUNDS)
    fact = EventRecord.objects.get(kind="ideas.decision_made")
    assert fact.actor_id == team_member.pk
    assert fact.payload == {
        "idea_id": idea.pk,
        "decision_id": made.pk,
        "author_id": idea.author_id,
        "source": "open",
        "target": "declined",
    }


def test_the_statement_is_safe_markdown(idea, team_member):
    grounds = replace(GROUNDS, statement="**No** <script>alert(1)</script>")
    made = decide(idea=idea, to="declined", by=team_member, grounds=grounds)
    assert "<strong>No</strong>" in made.statement_html
    assert "<script>" not in made.statement_html


needed = pytest.mark.parametrize(
    ("step", "name"),
    [(step, name) for step in STEPS if Role.TEAM in step.roles for name in sorted(step.needs)],
    ids=lambda value: value if isinstance(value, str) else f"{value.source}-{value.target}",
)


@needed
@pytest.mark.parametrize("nothing", ["", "  \n "])
def test_what_a_step_needs_must_say_something(step, name, nothing):
    idea = idea_in(step.source)
    grounds = replace(GROUNDS, **{name: nothing})
    by = answering(idea.board)
    assert refusal(idea=idea, to=step.target, by=by, grounds=grounds) == f"missing_{name}"


def test_a_no_needs_its_reason_and_what_would_change_our_mind():
    needs = {step.target: step.needs for step in STEPS}
    assert needs["declined"] == {"statement", "reason", "change_our_mind"}
    assert needs["planned"] == {"statement", "rough_when", "cost_band"}


def test_a_late_decision_is_stale(idea, team_member, colleague):
    seen = last_decision(idea)
    decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS, seen=seen)
    late = {"idea": idea, "to": "planned", "by": colleague, "grounds": GROUNDS}
    assert refusal(**late, seen=seen) == "stale"
    decide(**late, seen=last_decision(idea))


def test_who_saw_nothing_is_not_asked(idea, team_member):
    """A program need not say what it saw."""
    decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS)
    decide(idea=idea, to="planned", by=team_member, grounds=GROUNDS)


@pytest.mark.parametrize("who", ["author", "stranger", "other_team_member", "newcomer"])
def test_a_step_is_for_the_team(idea, who, request):
    somebody = request.getfixturevalue(who)
    assert refusal(idea=idea, to="declined", by=somebody, grounds=GROUNDS) == "not_your_step"
    assert not Decision.objects.exists()


def test_an_author_answers_what_was_asked(author):
    idea = idea_in("needs_info", author=author)
    made = decide(idea=idea, to="open", by=author, grounds=Grounds(statement="It is 11 kW."))
    assert (made.member, made.team) == (author, None)


def test_a_hidden_idea_is_not_decided(idea, team_member):
    set_idea_hidden(idea=idea, hidden=True)
    assert refusal(idea=idea, to="declined", by=team_member, grounds=GROUNDS) == "hidden"


def test_a_draft_is_not_decided_by_its_author():
    draft = idea_in("draft")
    assert refusal(idea=draft, to="open", by=draft.author, grounds=GROUNDS) == "no_such_step"


class TestPromise:
    """An idea with N supporters is answered within D days."""

    @pytest.fixture
    def board(self, board):
        board.answer_threshold, board.answer_days, board.reopen_threshold = 3, 10, 2
        board.save()
        return board

    @pytest.fixture
    def earned(self, idea, deliver):
        supported(idea, 3)
        deliver()
        idea.refresh_from_db()
        return idea

    def test_below_the_threshold_no_clock_runs(self, idea, deliver):
        supported(idea, 2)
        deliver()
        idea.refresh_from_db()
        assert (idea.threshold_reached_at, idea.answer_due_at) == (None, None)

    def test_the_clock_starts_at_the_vote_that_made_the_number_full(self, idea, deliver):
        supported(idea, 5)
        deliver()
        idea.refresh_from_db()
        moments = Support.objects.order_by("counted_at").values_list("counted_at", flat=True)
        assert idea.threshold_reached_at == moments[2]
        # To the end of the tenth day: see test_promising.
        assert timedelta(0) < idea.answer_due_at - moments[2] - 10 * A_DAY <= A_DAY

    def test_pending_votes_do_not_earn(self, idea, deliver, newcomer):
        supported(idea, 2)
        give_support(idea=idea, member=newcomer)
        deliver()
        idea.refresh_from_db()
        assert idea.answer_due_at is None

    def test_withdrawn_votes_do_not_earn(self, idea, deliver):
        first, _second = supported(idea, 2)
        withdraw_support(idea=idea, member=first)
        supported(idea)
        deliver()
        idea.refresh_from_db()
        assert idea.answer_due_at is None

    def test_a_running_clock_is_not_stopped_or_moved_by_votes(self, earned, deliver):
        due = earned.answer_due_at
        withdraw_support(idea=earned, member=Support.objects.first().member)
        supported(earned, 2)
        deliver()
        earned.refresh_from_db()
        assert earned.answer_due_at == due

    @pytest.mark.parametrize("answer", ["planned", "declined"])
    def test_an_answer_stops_the_clock(self, earned, team_member, answer):
        made = decide(idea=earned, to=answer, by=team_member, grounds=GROUNDS)
        earned.refresh_from_db()
        assert abs(earned.answered_at - made.created_at) < timedelta(seconds=5)
        assert earned.answer_due_at

    @pytest.mark.parametrize("no_answer", ["under_review", "needs_info"])
    def test_a_step_that_is_no_answer_does_not(self, earned, team_member, no_answer):
        decide(idea=earned, to=no_answer, by=team_member, grounds=GROUNDS)
        earned.refresh_from_db()
        assert earned.answered_at is None

    def test_a_later_step_does_not_move_the_answer(self, earned, team_member):
        decide(idea=earned, to="planned", by=team_member, grounds=GROUNDS)
        earned.refresh_from_db()
        answered = earned.answered_at
        decide(idea=earned, to="in_progress", by=team_member, grounds=GROUNDS)
        earned.refresh_from_db()
        assert earned.answered_at == answered

    def test_going_back_behind_an_answer_starts_the_clock_anew(self, earned, team_member):
        decide(idea=earned, to="planned", by=team_member, grounds=GROUNDS)
        before = timezone.now()
        decide(idea=earned, to="under_review", by=team_member, grounds=GROUNDS)
        earned.refresh_from_db()
        assert earned.answered_at is None
        assert earned.answer_due_at >= before + 10 * A_DAY

    def test_an_idea_answered_early_earns_nothing_more(self, idea, team_member, deliver):
        decide(idea=idea, to="planned", by=team_member, grounds=GROUNDS)
        supported(idea, 4)
        deliver()
        idea.refresh_from_db()
        assert idea.answer_due_at is None


class TestReopening:
    """A declined idea is reviewed again when enough members support it since."""

    @pytest.fixture
    def board(self, board):
        board.answer_threshold, board.answer_days, board.reopen_threshold = 4, 10, 2
        board.save()
        return board

    @pytest.fixture
    def declined(self, board, team_member):
        idea = IdeaFactory(board=board)
        self.early = supported(idea, 2)
        decide(idea=idea, to="declined", by=team_member, grounds=GROUNDS)
        return idea

    def status(self, idea, deliver):
        deliver()
        return Idea.objects.get(pk=idea.pk).status

    def test_support_since_the_decision_reopens(self, declined, deliver, team):
        supported(declined, 2)
        assert self.status(declined, deliver) == "under_review"
        made = Decision.objects.latest("id")
        assert (made.origin, made.member, made.team) == ("clockwork", None, team)
        assert "2 members" in made.statement

    def test_support_before_the_decision_does_not(self, declined, deliver):
        supported(declined, 1)
        assert self.status(declined, deliver) == "declined"

    def test_votes_withdrawn_since_do_not_count(self, declined, deliver):
        (fickle,) = supported(declined, 1)
        withdraw_support(idea=declined, member=fickle)
        supported(declined, 1)
        assert self.status(declined, deliver) == "declined"

    def test_a_vote_renewed_since_counts(self, declined, deliver):
        """Whoever takes an old vote back and gives it again asks again."""
        for member in self.early:
            withdraw_support(idea=declined, member=member)
            give_support(idea=declined, member=member)
        assert self.status(declined, deliver) == "under_review"

    def test_pending_votes_do_not(self, declined, deliver, newcomer):
        give_support(idea=declined, member=newcomer)
        supported(declined, 1)
        assert self.status(declined, deliver) == "declined"

    def test_the_promise_runs_from_the_reopening(self, declined, deliver):
        """Not from a vote of long ago, which would make it overdue at once."""
        supported(declined, 2)
        deliver()
        declined.refresh_from_db()
        made = Decision.objects.latest("id")
        assert declined.answered_at is None
        assert declined.threshold_reached_at == made.created_at

    def test_below_the_answer_threshold_no_promise_runs(self, declined, deliver):
        for member in self.early:
            withdraw_support(idea=declined, member=member)
        supported(declined, 2)
        deliver()
        declined.refresh_from_db()
        assert (declined.status, declined.answer_due_at) == ("under_review", None)

    def test_a_second_no_asks_for_as_much_again(self, declined, deliver, team_member):
        supported(declined, 2)
        assert self.status(declined, deliver) == "under_review"
        decide(idea=declined, to="declined", by=team_member, grounds=GROUNDS)
        supported(declined, 1)
        assert self.status(declined, deliver) == "declined"

    def test_the_statement_is_in_the_language_of_the_idea(self, board):
        idea = idea_in("declined", board=board, language="de")
        made = reopen(idea=idea, support_since=7)
        assert "7" in made.statement

    @pytest.mark.parametrize("status", ["open", "planned", "shipped"])
    def test_only_declined_ideas_are_reopened(self, status):
        assert reopen(idea=idea_in(status), support_since=99) is None
