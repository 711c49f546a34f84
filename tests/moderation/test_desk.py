"""Moderators decide cases and complaints, in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.models import Idea
from moderation import services
from moderation.models import Case, Complaint, Decision
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory
from tests.moderation.conftest import a_moderator

pytestmark = pytest.mark.django_db
LIST, COMPLAINTS = "/admin/moderation/case/", "/admin/moderation/complaint/"


def page_of(case):
    return f"{LIST}{case.pk}/change/"


def deed(case, name):
    return f"{LIST}{case.pk}/{name}/do/"


@pytest.fixture
def desk(moderator, signed_in):
    return signed_in(moderator)


def test_the_queue_shows_what_waits_the_most_urgent_first(report, member, board, desk, decide):
    later = report(member, IdeaFactory(board=board, title="Due later")).case
    sooner = report(member, IdeaFactory(board=board, title="Due sooner")).case
    done = report(member, IdeaFactory(board=board, title="Done")).case
    Case.objects.filter(pk=sooner.pk).update(due_at=timezone.now() - timedelta(hours=1))
    decide(done)
    page = desk.get(LIST).content.decode()
    assert page.index("Due sooner") < page.index("Due later")
    assert "overdue" in page
    assert ">Done<" not in page
    services.claim(case=later, by=MemberFactory(is_staff=True, is_superuser=True))
    for query, shown in (
        ("?state=decided", "Done"),
        ("?state=all", "Done"),
        ("?state=claimed", "Due later"),
        ("?kind__exact=idea&language__exact=en", "Due sooner"),
    ):
        assert shown in desk.get(LIST + query).content.decode()
    for query in ("?state=mine", "?kind__exact=reply", "?language__exact=de", "?state=open&q=Done"):
        assert "Due later" not in desk.get(LIST + query).content.decode()


def test_a_case_shows_all_there_is_to_know(report, comment, member, decide, idea, desk, stranger):
    decide(report(member, IdeaFactory(board=idea.board, author=stranger)).case, action="warn")
    case = report(member, comment, note="The third today.").case
    comment.body = "Buy our lamps."
    comment.save()
    page = desk.get(page_of(case)).content.decode()
    for shown in (
        "Buy my lamps.", "<del>my</del><ins>our</ins>", "The third today.", "Mara Lindqvist",
        "100 %", "of 1", "Warn its author: 1", "Rule on spam",
    ):  # fmt: skip
        assert shown in page, shown
    assert "It has not changed since." not in page


def test_three_clicks(case, spam, desk, idea):
    """The case is open: an action, the clause, and the button. The clause is filled in."""
    page = desk.get(page_of(case))
    assert page.context["form"].initial["clause"] == spam
    said = {"action": "hide", "clause": spam.pk, "facts": "It sells lamps."}
    assert desk.post(deed(case, "decide"), said).url == LIST
    assert Idea.objects.get(pk=idea.pk).hidden_at
    assert "It sells lamps." in desk.get(page_of(case)).content.decode()


def test_one_click_for_what_is_always_the_same(report, member, board, desk, spam):
    advert, fine = (report(member, IdeaFactory(board=board)).case for _ in range(2))
    desk.post(deed(advert, "spam"))
    desk.post(deed(fine, "fine"))
    decisions = {d.case_id: (d.action, d.clause) for d in Decision.objects.all()}
    assert decisions == {advert.pk: ("remove", spam), fine.pk: ("no_action", None)}
    assert advert.decisions.get().restriction.spam


def test_claiming_and_giving_back(case, desk, moderator):
    desk.post(deed(case, "claim"))
    case.refresh_from_db()
    assert case.claimed_by == moderator
    desk.post(deed(case, "release"))
    case.refresh_from_db()
    assert case.state == "open"


def test_a_refusal_keeps_what_was_typed(case, desk, other_moderator, spam):
    services.claim(case=case, by=other_moderator)
    said = {"action": "hide", "clause": spam.pk, "facts": "It sells lamps."}
    answer = desk.post(deed(case, "decide"), said)
    assert answer.status_code == 422
    assert "looks into this already" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"action": "hide", "facts": "x"}, "Name the clause that it breaks."),
        ({"action": "hide", "facts": ""}, "This field is required."),
        ({"facts": "x"}, "This field is required."),
    ],
)
def test_half_a_decision_is_not_taken(case, desk, said, why):
    answer = desk.post(deed(case, "decide"), said)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_wave_of_spam_is_cleared_with_one_decision_each(report, member, board, desk, moderator):
    cases = [report(member, IdeaFactory(board=board)).case for _ in range(3)]
    own = report(member, IdeaFactory(board=board, author=moderator)).case
    chosen = [case.pk for case in (*cases, own)]
    answer = desk.post(
        LIST, {"action": "remove_as_spam", "_selected_action": chosen}, follow=True
    ).content.decode()
    assert "3 cases decided as spam." in answer
    assert "You wrote this yourself." in answer
    assert Decision.objects.filter(action="remove").count() == 3
    own.refresh_from_db()
    assert own.state == "open"


def test_complaints_are_answered_by_another(statement, author, desk, signed_in, idea):
    made = services.complain(statement=statement, by=author, words="It is none.")
    answer = f"{COMPLAINTS}{made.pk}/answer/"
    assert "Ada Brandt" in desk.get(COMPLAINTS).content.decode()
    page = desk.get(f"{COMPLAINTS}{made.pk}/change/").content.decode()
    assert "It is none." in page
    assert "You decided this first." in page
    said = {"outcome": "upheld", "answer": "Right."}
    assert desk.post(answer, said).status_code == 422
    mia = signed_in(a_moderator("mia"))
    assert mia.post(answer, {"outcome": "upheld"}).status_code == 422
    assert mia.post(answer, said).url == COMPLAINTS
    assert Idea.objects.get(pk=idea.pk).hidden_at is None
    assert Complaint.objects.get().outcome == "upheld"
    assert "Ada Brandt" not in mia.get(COMPLAINTS).content.decode()
    for query in ("?state=all", "?state=upheld"):
        assert "Ada Brandt" in mia.get(COMPLAINTS + query).content.decode()
    assert "Right." in mia.get(f"{COMPLAINTS}{made.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "model", ["case", "decision", "statement", "complaint", "auditevent", "audithead"]
)
def test_what_is_written_is_neither_added_changed_nor_deleted(
    model, statement, admin_member, signed_in, author
):
    services.complain(statement=statement, by=author, words="It is none.")
    root = signed_in(admin_member)
    rows = {
        "case": Case, "decision": Decision, "complaint": Complaint,
    }.get(model)  # fmt: skip
    pk = rows.objects.get().pk if rows else 1
    assert root.get(f"/admin/moderation/{model}/").status_code == 200
    assert root.get(f"/admin/moderation/{model}/add/").status_code == 403
    assert root.post(f"/admin/moderation/{model}/{pk}/delete/", {"post": "yes"}).status_code in (
        302, 403,
    )  # fmt: skip
    assert Decision.objects.exists()
    assert Complaint.objects.exists()


def test_the_desk_is_for_moderators(case, signed_in, stranger, author):
    stranger.is_staff = True
    stranger.save()
    for address in (LIST, page_of(case), COMPLAINTS):
        assert signed_in(stranger).get(address).status_code == 403
        assert signed_in(author).get(address).status_code == 302
    assert signed_in(stranger).post(deed(case, "spam")).status_code == 403


def test_a_deed_that_there_is_not(case, desk):
    assert desk.post(deed(case, "ban")).status_code == 403
    assert desk.get(deed(case, "claim")).status_code == 405


def test_the_queue_costs_the_same_for_one_and_three(
    report, member, board, desk, django_assert_num_queries
):
    report(member, IdeaFactory(board=board))
    desk.get(LIST)
    with django_assert_num_queries(6):
        desk.get(LIST)
    for _ in range(2):
        report(member, IdeaFactory(board=board))
    with django_assert_num_queries(6):
        desk.get(LIST)


def test_a_case_costs_the_same_for_one_report_and_three(
    report, idea, member, stranger, supporter, desk, django_assert_num_queries
):
    case = report(member, idea).case
    desk.get(page_of(case))
    with django_assert_num_queries(15):
        desk.get(page_of(case))
    report(stranger, idea)
    report(supporter, idea)
    with django_assert_num_queries(15):
        desk.get(page_of(case))
