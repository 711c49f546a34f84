"""The composer, as the team uses it: with htmx and without."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import SiteSettings
from community.outs import Out
from ideas.models import Comment, Decision, DecisionTemplate, PendingDecision
from ideas.services import composing
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.steps import decide
from ideas.services.supporting import give_support
from ideas.topics import topic_of
from tests.factories.ideas import GROUNDS, DraftFactory, idea_in, said_on, supported
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

NO = {
    "to": "declined",
    "statement": "It costs more than it saves.",
    "reason": "does_not_pay",
    "change_our_mind": "Cheaper meters.",
    "seen": "0",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_colleague(signed_in, colleague):
    return signed_in(colleague)


@pytest.fixture
def careful(board):
    board.needs_second_person = True
    board.save(update_fields=["needs_second_person"])
    return board


@pytest.fixture
def legal(db):
    composing.set_up_templates()
    return DecisionTemplate.objects.get(reason="legal", language="en")


def at(idea):
    return f"/review/ideas/{idea.pk}/decide/"


def see(browser, idea):
    return read(browser.get(at(idea)))


def send(browser, idea, action, headers=None, **changes):
    return read(browser.post(at(idea), NO | {"action": action} | changes, headers=headers))


def day(**ahead):
    return timezone.localtime(timezone.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


class TestWhoMay:
    @pytest.mark.parametrize("who", ["as_author", "as_stranger"])
    def test_it_is_for_the_team(self, request, idea, who):
        page = see(request.getfixturevalue(who), idea)
        assert page.status == 403
        assert "This step is for the team that owns the board." in page

    def test_visitors_sign_in_first(self, visitor, idea):
        assert see(visitor, idea).status == 302

    def test_drafts_and_hidden_ideas(self, as_author, as_team, author, idea):
        assert see(as_team, DraftFactory(author=author)).status == 404
        set_idea_hidden(idea=idea, hidden=True)
        assert see(as_team, idea).status == 404
        assert see(as_author, idea).status == 403

    def test_an_author_with_a_step_writes_but_sees_nothing_that_waits(
        self, as_author, as_team, board, author, team_member
    ):
        idea = idea_in("needs_info", board=board, author=author)
        seen = Decision.objects.latest("id").pk
        send(as_team, idea, "schedule", seen=seen, publish_at=day(days=2))
        assert PendingDecision.objects.waiting().exists()
        page = see(as_author, idea)
        assert page.status == 200
        assert "costs more" not in page
        assert "Schedule for that day" not in page
        again = send(as_author, idea, "schedule", to="open", seen=seen, publish_at=day(days=2))
        assert again.status == 422


class TestBeside:
    def test_open_points_and_what_others_added(self, as_team, idea, team_member):
        question = said_on(idea, "Would it work abroad?", kind="question")
        said_on(idea, "Yes, it does.", parent=question)
        said_on(idea, "We look into it.", parent=question, by=team_member)
        said_on(idea, "Add a timer.", kind="builds_on")
        said_on(idea, "Nice.")
        hidden = said_on(idea, "Rude.", kind="concern")
        set_comment_hidden(comment=hidden, hidden=True)
        page = see(as_team, idea)
        for words in ("Would it work abroad?", "Yes, it does.", "Add a timer.", idea.body):
            assert words in page
        for words in ("We look into it.", "Nice.", "Rude."):
            assert words not in page

    def test_concerns_may_have_changed_the_decision(self, as_team, idea):
        concern, question = said_on(idea, kind="concern"), said_on(idea, kind="question")
        html = see(as_team, idea).html
        assert f'id="uses-{concern.pk}"' in html
        assert f'id="uses-{question.pk}"' not in html

    def test_how_many_it_tells(self, as_team, idea):
        supported(idea, 2)
        page = see(as_team, idea)
        assert "It tells 3 people" in page
        assert "3 by e-mail and on the page, 0 on the page alone." in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_costs_the_same(self, as_team, board, rows, django_assert_num_queries):
        SiteSettings.objects.current()
        composing.set_up_templates()
        idea = idea_in("under_review", board=board)
        for _ in range(rows):
            first = said_on(idea, kind="question")
            said_on(idea, kind="builds_on")
            said_on(idea, parent=first)
        supported(idea, rows)
        with django_assert_num_queries(22):
            assert see(as_team, idea).status == 200


class TestTemplates:
    def test_one_fills_what_is_empty(self, as_team, idea, legal):
        page = send(
            as_team, idea, "template", template=legal.pk, statement="", change_our_mind="", to="",
            reason="",
        )  # fmt: skip
        assert page.status == 200
        words = legal.words_for(idea)
        assert page.value_of("statement") == words["statement"].strip()
        assert page.value_of("change_our_mind") == words["change_our_mind"]
        assert "Ada Brandt" in page.value_of("statement")
        assert '<option value="legal" selected>' in page.html
        assert not Decision.objects.exists()

    def test_with_htmx_the_words_alone_come_back(self, as_team, idea, legal):
        page = send(as_team, idea, "template", HTMX, template=legal.pk, statement="")
        assert not page.is_whole
        assert "Ada Brandt" in page.value_of("statement")

    def test_what_was_typed_is_kept_until_it_is_given_up(self, as_team, idea, legal):
        page = send(as_team, idea, "template", template=legal.pk)
        assert page.value_of("statement") == NO["statement"]
        assert "your words were kept" in page
        page = send(as_team, idea, "replace", template=legal.pk)
        assert "Ada Brandt" in page.value_of("statement")
        assert "your words were kept" not in page

    def test_another_template_follows_an_untouched_one(self, as_team, idea, legal):
        safety = DecisionTemplate.objects.get(reason="safety", language="en")
        page = send(as_team, idea, "template", template=safety.pk, **legal.words_for(idea))
        assert page.value_of("statement") == safety.words_for(idea)["statement"]

    def test_one_that_is_none_changes_nothing(self, as_team, idea):
        for name in ("", "x", "99999"):
            page = send(as_team, idea, "template", template=name)
            assert (page.status, page.value_of("statement")) == (200, NO["statement"])

    def test_those_of_the_idea_s_language_come_first(self, as_team, board, legal):
        german = idea_in("open", board=board, language="de")
        html = see(as_team, german).html
        assert html.index("Das Gesetz erlaubt es nicht") < html.index("The law does not allow it")
        # Nothing ships from here.
        assert "It is here" not in html


class TestPreview:
    def test_the_decision_and_the_mail(self, as_team, idea, team_member):
        supported(idea)
        page = send(as_team, idea, "preview")
        assert page.status == 200
        assert "data-unsettled" in page.html
        assert page.html.count(NO["statement"]) > 3
        assert "Anouk de Vries decided on “Charge at night”" in page
        assert "You posted, support or follow this idea." in page
        assert page.value_of("statement") == NO["statement"]
        assert not Decision.objects.exists()

    def test_in_each_language_that_is_read(self, as_team, idea):
        german, _ = supported(idea, 2)
        type(german).objects.filter(pk=german.pk).update(language="de")
        page = send(as_team, idea, "preview", HTMX)
        assert not page.is_whole
        assert "Anouk de Vries hat über „Charge at night“ entschieden" in page
        assert "Anouk de Vries decided on" in page

    def test_nobody_s_way_out_of_mails_is_shown(self, as_team, idea, supporter, team_member):
        give_support(idea=idea, member=supporter)
        html = send(as_team, idea, "preview").html
        assert Out(supporter.pk, topic_of(idea.pk)).token not in html
        assert supporter.email not in html

    def test_an_unfinished_one(self, as_team, idea):
        page = send(as_team, idea, "preview", statement="", to="", revisit_on="soon")
        assert page.status == 200
        assert "Nothing to show yet." in page


class TestCompany:
    def test_colleagues_hear_that_somebody_writes(self, as_team, as_colleague, idea, team_member):
        see(as_team, idea)
        assert "Anouk de Vries is writing a decision." in see(as_colleague, idea)
        # Once it is public, nobody is writing any more.
        send(as_team, idea, "publish")
        page = read(as_colleague.get(f"/review/ideas/{idea.pk}/"))
        assert "is writing" not in page

    def test_authors_leave_no_trace(self, as_author, as_team, author, board):
        idea = idea_in("needs_info", board=board, author=author)
        assert "presence" not in see(as_author, idea).html
        assert "Ada Brandt is" not in see(as_team, idea)


class TestHandingIn:
    def test_published_at_once_with_what_it_answers(self, as_team, idea, team_member):
        question, concern = said_on(idea, kind="question"), said_on(idea, kind="concern")
        page = send(
            as_team, idea, "publish", answers=[question.pk, concern.pk], uses=[concern.pk],
            publish_at=day(days=2),
        )  # fmt: skip
        assert (page.status, page.response.url) == (302, f"/ideas/{idea.pk}/")
        assert Comment.objects.exclude(resolved_at=None).count() == 2
        assert Decision.objects.get().pending.uses == [concern.pk]

    def test_ticks_that_are_none_are_left_out(self, as_team, idea):
        page = send(as_team, idea, "publish", answers=["x", "-1", "²", "9" * 40], uses=[""])
        assert page.status == 302

    def test_scheduled_in_the_member_s_time_zone(self, as_team, idea, team_member):
        page = send(as_team, idea, "schedule", publish_at="2027-01-04T09:00")
        assert (page.status, page.response.url) == (302, at(idea))
        pending = PendingDecision.objects.get()
        assert pending.publish_at.isoformat() == "2027-01-04T08:00:00+00:00"
        page = see(as_team, idea)
        assert "Waits for its day" in page
        assert page.value_of("publish_at") == "2027-01-04T09:00"
        assert page.value_of("statement") == NO["statement"]

    @pytest.mark.parametrize(
        ("when", "words"),
        [
            ("", "This field is required."),
            ("2020-01-01T09:00", "This moment has passed."),
            ("2999-01-01T09:00", "for a year at the most"),
            ("tomorrow", "Enter a valid date/time."),
            # In the night when the clocks go forward.
            ("2027-03-28T02:30", "couldn’t be interpreted"),
        ],
    )
    def test_a_day_that_does_not_fit(self, as_team, idea, when, words):
        page = send(as_team, idea, "schedule", publish_at=when)
        assert page.status == 422
        assert words in page
        assert page.value_of("statement") == NO["statement"]
        assert not PendingDecision.objects.exists()

    @pytest.mark.parametrize("name", ["statement", "reason", "change_our_mind"])
    def test_what_is_missing_is_asked_for_and_the_rest_kept(self, as_team, idea, name):
        question = said_on(idea, kind="question")
        page = send(as_team, idea, "publish", answers=[question.pk], **{name: ""})
        assert page.status == 422
        assert "This step needs it." in page
        assert f'value="{question.pk}" checked' in page.html

    def test_a_late_one_reads_what_changed_and_is_sent_again(self, as_team, idea, colleague):
        decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
        page = send(as_team, idea, "publish")
        assert page.status == 422
        assert "Ben Arslan was quicker: the idea is now “Under review”." in page
        assert "While you were writing" in page
        assert "We looked into it." in page
        assert page.value_of("statement") == NO["statement"]
        assert send(as_team, idea, "publish", seen=page.value_of("seen")).status == 302


class TestSecondPerson:
    def test_an_answer_is_proposed_and_approved(self, careful, as_team, as_colleague, idea):
        page = send(as_team, idea, "publish")
        assert (page.status, page.response.url) == (302, at(idea))
        page = see(as_team, idea)
        assert "Waits for a second person" in page
        assert "A colleague looks at it now." in page
        assert "Approve and publish" not in page
        page = see(as_colleague, idea)
        assert NO["statement"] in page
        assert "Hand it to a colleague" not in page
        pending = PendingDecision.objects.get()
        page = read(as_colleague.post(f"/review/pending/{pending.pk}/", {"action": "approve"}))
        assert page.response.url == f"/ideas/{idea.pk}/"
        assert Decision.objects.get().statement == NO["statement"]

    def test_it_comes_back_with_the_words_as_they_were(self, careful, as_team, as_colleague, idea):
        question = said_on(idea, kind="question")
        send(as_team, idea, "publish", answers=[question.pk])
        pending = PendingDecision.objects.get()
        said = {"action": "return", "remark": "Say what it costs."}
        as_colleague.post(f"/review/pending/{pending.pk}/", said)
        page = see(as_team, idea)
        assert "Say what it costs." in page
        assert page.value_of("statement") == NO["statement"]
        assert f'value="{question.pk}" checked' in page.html
        send(as_team, idea, "publish", statement="It costs 3 million and saves 1.")
        assert PendingDecision.objects.waiting().get().statement.startswith("It costs 3")
        assert "Say what it costs." not in see(as_team, idea)

    def test_what_was_overtaken_opens_as_it_was(self, as_team, idea, colleague, deliver):
        send(as_team, idea, "schedule", publish_at=day(days=2))
        decide(idea=idea, to="under_review", by=colleague, grounds=GROUNDS)
        deliver()
        page = see(as_team, idea)
        assert "Another step came first: the idea is now “Under review” (Ben Arslan)." in page
        assert page.value_of("statement") == NO["statement"]
        assert page.value_of("seen") == str(Decision.objects.get().pk)

    def test_the_small_form_proposes_too(self, careful, as_team, idea):
        page = read(as_team.get(f"/ideas/{idea.pk}/"))
        assert "Hand it to a colleague" in page
        page = read(as_team.post(f"/ideas/{idea.pk}/decisions/", NO, follow=True))
        assert "A colleague looks at it now." in page
        assert "A decision by Anouk de Vries waits here." in page
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("who", ["visitor", "as_author", "as_stranger"])
    def test_nobody_else_sees_that_one_waits(self, request, careful, as_team, idea, who):
        send(as_team, idea, "publish")
        page = read(request.getfixturevalue(who).get(f"/ideas/{idea.pk}/"))
        assert "waits here" not in page
        assert NO["statement"] not in page


def test_in_german(as_team, idea, team_member):
    type(team_member).objects.filter(pk=team_member.pk).update(language="de")
    said_on(idea, kind="concern")
    page = see(as_team, idea)
    for words in ("Vorlage verwenden", "Hat unsere Entscheidung geändert", "Davon erfahren"):
        assert words in page
