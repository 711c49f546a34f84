"""The pages: reporting, what became of it, what was decided about one's texts, and the log."""

import pytest
from django.utils import timezone

from ideas.models import Idea
from moderation import services
from moderation.models import AuditEvent, AuditHead, Complaint, Flag, Statement
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory, IdeaFactory

pytestmark = pytest.mark.django_db
LOG = "/moderation/log/"


def address(kind, thing):
    return f"/report/{kind}/{thing.handle if kind == 'profile' else thing.pk}/"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("idea", "idea"),
        ("comment", "comment"),
        ("topic", "question"),
        ("reply", "answer"),
        ("profile", "author"),
    ],
)
def test_everything_can_be_reported(kind, name, request, as_member, member, spam):
    thing = request.getfixturevalue(name)
    page = as_member.get(address(kind, thing)).content.decode()
    assert "Rule on spam" in page
    assert "Nobody sells here." in page
    there = as_member.post(address(kind, thing), {"clause": spam.pk, "note": "Look."})
    assert there.url == "/reports/"
    flag = Flag.objects.get()
    assert (flag.member, flag.note, flag.case.kind) == (member, "Look.", kind)
    assert "A moderator will look at it." in as_member.get("/reports/").content.decode()
    assert "You reported this already." in as_member.get(address(kind, thing)).content.decode()


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("/ideas/{0.pk}/", "idea"),
        ("/ideas/{0.idea_id}/", "comment"),
        ("/forum/topics/{0.pk}/", "question"),
        ("/forum/topics/{0.topic_id}/", "answer"),
        ("/people/{0.handle}/", "author"),
    ],
)
def test_the_way_there(page, name, request, as_member, visitor, signed_in):
    thing = request.getfixturevalue(name)
    kind = {"question": "topic", "answer": "reply", "author": "profile"}.get(name, name)
    where, link = page.format(thing), address(kind, thing)
    assert link in as_member.get(where).content.decode()
    assert link not in visitor.get(where).content.decode()
    own = signed_in(getattr(thing, "author", thing)).get(where).content.decode()
    assert link not in own


def test_what_one_cannot_see_one_cannot_report(as_member, stranger, spam, signed_in, visitor):
    draft = DraftFactory()
    for where in (address("idea", draft), "/report/idea/x/", "/report/cat/1/", "/report/idea/0/"):
        assert as_member.get(where).status_code == 404
    assert visitor.get("/report/idea/1/").status_code == 302


def test_a_report_names_a_rule(as_member, idea, spam):
    answer = as_member.post(address("idea", idea), {"note": "It is bad."})
    assert answer.status_code == 422
    assert "It is bad." in answer.content.decode()
    assert not Flag.objects.exists()


def test_without_rules_there_is_nothing_to_report_by(as_member, idea):
    page = as_member.get(address("idea", idea)).content.decode()
    assert "has not published house rules yet" in page


def test_taking_it_back(as_member, report, member, idea, signed_in, stranger):
    flag = report(member, idea)
    where = f"/reports/{flag.pk}/withdraw/"
    assert signed_in(stranger).post(where).status_code == 404
    as_member.post(where)
    assert "You took it back." in as_member.get("/reports/").content.decode()


def test_a_member_learns_what_became_of_it(as_member, case, decide):
    decide(case)
    assert "You were right" in as_member.get("/reports/").content.decode()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_statement_in_the_language_of_its_reader(language, statement, author, signed_in):
    author.language = language
    author.save()
    page = signed_in(author).get(statement.get_absolute_url()).content.decode()
    assert {"en": "Rule on spam", "de": "Regel spam"}[language] in page
    assert {"en": "Statement of reasons", "de": "Begründung"}[language] in page
    assert "It sells lamps." in page
    assert str(statement.puid) in page


def test_a_statement_is_for_whoever_was_told(statement, member, as_member, visitor, moderator):
    where = statement.get_absolute_url()
    assert as_member.get(where).status_code == 404
    assert visitor.get(where).status_code == 302
    assert as_member.get(f"{where}complain/").status_code == 404


def test_neither_the_moderator_nor_the_reporter_is_named(statement, author, signed_in, moderator):
    page = signed_in(author).get(statement.get_absolute_url()).content.decode()
    assert moderator.display_name not in page
    assert "Mara" not in page


def test_complaining(statement, author, signed_in, other_moderator):
    client, where = signed_in(author), statement.get_absolute_url()
    assert f"{where}complain/" in client.get(where).content.decode()
    assert client.get(f"{where}complain/").status_code == 200
    assert client.post(f"{where}complain/", {"words": ""}).status_code == 422
    assert client.post(f"{where}complain/", {"words": "It is none."}).url == where
    page = client.get(where).content.decode()
    assert "Another moderator answers by" in page
    assert client.get(f"{where}complain/").status_code == 403
    complaint = Complaint.objects.get()
    services.decide_complaint(
        complaint=complaint, by=other_moderator, upheld=True, answer="It is none, indeed."
    )
    page = client.get(where).content.decode()
    assert "Your complaint is right." in page
    assert "It is none, indeed." in page
    assert "Not in force any more" in client.get("/statements/").content.decode()


@pytest.mark.parametrize("action", ["warn", "edit_request", "hide", "remove"])
def test_every_kind_of_statement_reads(action, case, decide, author, signed_in):
    told = decide(case, action=action, explanation="Because.").statements.get()
    assert "Because." in signed_in(author).get(told.get_absolute_url()).content.decode()


def test_what_a_program_hid_says_so(report, idea, author, signed_in):
    for _ in range(3):
        report(MemberFactory(trust_level=3), idea)
    assert Idea.objects.get(pk=idea.pk).hidden_at
    page = signed_in(author).get("/statements/").content.decode()
    assert "Hidden for the time being" in page
    page = signed_in(author).get(Statement.objects.get().get_absolute_url()).content.decode()
    assert "A program did this." in page


def test_nothing_yet(as_member, visitor):
    assert "You have not reported anything." in as_member.get("/reports/").content.decode()
    assert "decided nothing about your texts" in as_member.get("/statements/").content.decode()
    assert "Moderation has decided nothing yet." in visitor.get(LOG).content.decode()


def test_the_log_names_nobody(statement, idea, author, moderator, visitor, other_moderator):
    services.lift(
        restriction=statement.decision.restriction, by=other_moderator, reason="It was none."
    )
    page = visitor.get(LOG).content.decode()
    assert "Idea · Hidden" in " ".join(page.split())
    assert "Rule on spam" in page
    assert "ended on" in page
    for word in (idea.title, author.display_name, moderator.display_name, "Mara", "lamps"):
        assert word not in page


def test_the_log_shows_the_seals(case, visitor):
    link = AuditEvent.objects.get()
    AuditHead.objects.create(day=timezone.now().date(), event=link, seal=link.seal)
    assert link.seal in visitor.get(LOG).content.decode()


@pytest.mark.parametrize(("where", "queries"), [("/reports/", 4), ("/statements/", 4), (LOG, 5)])
def test_lists_cost_the_same_for_one_and_three(
    where, queries, report, decide, board, author, member, signed_in, django_assert_num_queries
):
    client = signed_in(member if where == "/reports/" else author)
    decide(report(member, IdeaFactory(board=board, author=author)).case)
    client.get(where)
    with django_assert_num_queries(queries):
        client.get(where)
    for _ in range(2):
        decide(report(member, IdeaFactory(board=board, author=author)).case)
    with django_assert_num_queries(queries):
        client.get(where)


def test_a_cursor_of_somebody_else_is_no_page(as_member, visitor):
    assert as_member.get("/reports/?cursor=x").status_code == 400
    assert visitor.get(f"{LOG}?cursor=x").status_code == 400


def test_the_next_page(report, member, board, as_member, monkeypatch):
    monkeypatch.setattr("moderation.views.paging.PAGE", 1)
    for title in ("First", "Second"):
        report(member, IdeaFactory(board=board, title=title))
    page = as_member.get("/reports/")
    assert "Second" in page.content.decode()
    behind = as_member.get("/reports/" + page.context["page"]["next_url"]).content.decode()
    assert "First" in behind
    assert "Second" not in behind
