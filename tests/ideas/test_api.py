"""What programs read and do under /api/v1/."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ideas.models import Comment, Follow, Idea
from ideas.services.discussing import edit_comment
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.writing import revise
from ideas.status import Status
from tests.factories.ideas import BoardFactory, DraftFactory, IdeaFactory, idea_in, said_on

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"


@pytest.fixture
def as_(api):
    """`as_(tom)` is a program in which Tom is signed in."""

    def program(member):
        api.force_authenticate(member)
        return api

    return program


def at(idea, rest=""):
    return f"{ROOT}ideas/{idea.pk}/{rest}"


def saying(comment, rest=""):
    return f"{ROOT}comments/{comment.pk}/{rest}"


def titles(answer):
    assert answer.status_code == 200, answer.content
    return [idea["title"] for idea in answer.json()["results"]]


def problem(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    return answer.json()


# --- Lists ------------------------------------------------------------------------------------


def test_a_list_says_what_a_card_says(api, idea):
    idea.tags.set(["night", "battery"])
    said = api.get(f"{ROOT}ideas/").json()["results"][0]
    assert said["url"] == f"http://testserver/ideas/{idea.pk}/"
    assert said["author"]["url"] == "http://testserver/people/ada/"
    assert said["board"] == {"slug": "charging", "name": "Charging"}
    assert (said["tags"], said["supporters"], said["comments"]) == (["battery", "night"], 0, 0)
    assert said["clock"]["state"] == "waiting"
    assert said["viewer_support"] == "none"


def test_filters(api, idea, author):
    other = idea_in(Status.DECLINED, title="Colours of the app")
    other.tags.set(["Look and feel"])
    cases = {
        "board=charging": idea,
        "status=declined": other,
        "tag=look-and-feel": other,
        f"author=@{author.handle.upper()}": idea,
        "q=colour": other,
    }
    for query, found in cases.items():
        assert titles(api.get(f"{ROOT}ideas/?{query}")) == [found.title], query
    assert titles(api.get(f"{ROOT}ideas/?until=2020-01-01")) == []
    assert len(titles(api.get(f"{ROOT}ideas/?since=2020-01-01&board=&q="))) == 2
    assert len(titles(api.get(f"{ROOT}ideas/?since=0001-01-01&until=9999-12-31"))) == 2


def test_filters_that_make_no_sense_are_refused(api):
    answer = api.get(f"{ROOT}ideas/?order=best&status=draft&since=soon&limit=51")
    errors = problem(answer, 400, "invalid")["errors"]
    assert set(errors) == {"order", "status", "since", "limit"}


def test_drafts_and_hidden_ideas_are_for_nobody(as_, stranger):
    DraftFactory()
    hidden = IdeaFactory()
    set_idea_hidden(idea=hidden, hidden=True)
    assert titles(as_(stranger).get(f"{ROOT}ideas/")) == []
    problem(as_(stranger).get(at(hidden)), 404, "not_found")


def test_drafts_are_their_authors(as_, author, stranger):
    draft = DraftFactory(author=author)
    assert titles(as_(author).get(f"{ROOT}drafts/")) == [draft.title]
    assert titles(as_(stranger).get(f"{ROOT}drafts/")) == []
    assert as_(author).get(at(draft)).status_code == 200
    problem(as_(stranger).get(at(draft)), 404, "not_found")
    problem(as_(None).get(f"{ROOT}drafts/"), 401, "not_authenticated")


def test_similar_ideas_are_found(api, idea):
    assert titles(api.get(f"{ROOT}ideas/similar/?title=charging nights")) == [idea.title]
    problem(api.get(f"{ROOT}ideas/similar/"), 400, "invalid")


@pytest.mark.parametrize("draft", [True, False])
def test_the_same_text_at_once_is_one_idea(as_, member, board, draft):
    """As when an answer was lost and a program sends again."""
    said = {"title": "A lamp", "body": "Bright.", "board": board.slug}
    first = as_(member).post(f"{ROOT}ideas/", said | {"draft": True}, format="json")
    again = as_(member).post(f"{ROOT}ideas/", said | {"draft": draft}, format="json")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == first.json()["id"] == Idea.objects.get().pk
    assert Idea.objects.get().is_draft is draft


def test_a_posted_idea_sent_again_is_posted_once(as_, member, board):
    said = {"title": "A lamp", "body": "Bright.", "board": board.slug}
    answers = [as_(member).post(f"{ROOT}ideas/", said, format="json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Idea.objects.get().revisions.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_any_length(as_, member, rows, django_assert_num_queries):
    for idea in IdeaFactory.create_batch(rows):
        idea.tags.set([f"tag {idea.pk}"])
    with django_assert_num_queries(2):
        assert len(titles(as_(member).get(f"{ROOT}ideas/"))) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_costs_the_same_for_any_length(api, rows, django_assert_num_queries):
    IdeaFactory.create_batch(rows)
    with django_assert_num_queries(3):
        assert len(titles(api.get(f"{ROOT}ideas/?q=lamp"))) == rows


# --- One idea ---------------------------------------------------------------------------------


def test_an_idea_with_its_text_and_the_steps_one_may_take(as_, idea, team_member):
    said = as_(team_member).get(at(idea)).json()
    assert (said["body"], said["version"]) == ("It is dark in there.", 1)
    assert said["body_html"] == "<p>It is dark in there.</p>\n"
    needs = {step["to"]: step["needs"] for step in said["steps"]}
    assert set(needs) == {"under_review", "needs_info", "declined", "planned"}
    assert needs["declined"] == ["change_our_mind", "reason", "statement"]
    assert as_(None).get(at(idea)).json()["steps"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_an_idea_costs_the_same_with_many_tags(as_, idea, member, rows, django_assert_num_queries):
    idea.tags.set([f"tag {n}" for n in range(rows)])
    with django_assert_num_queries(4):
        as_(member).get(at(idea))


def test_posting(as_, member, board):
    sent = {"title": " Two\x00 \n lines ", "board": "charging", "tags": ["Night", "night "]}
    answer = as_(member).post(f"{ROOT}ideas/", sent)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["title"], said["tags"], said["status"]) == ("Two lines", ["night"], "open")
    assert (said["language"], said["is_followed"]) == (member.language, True)


def test_keeping_and_posting_a_draft(as_, member, board):
    sent = {"title": "Later", "board": "charging", "draft": True, "tags": ["one"]}
    draft = as_(member).post(f"{ROOT}ideas/", sent).json()
    assert draft["status"] == "draft"
    address = f"{ROOT}ideas/{draft['id']}/"
    changed = as_(member).patch(address, {"body": "Now.", "language": "de"}).json()
    assert (changed["title"], changed["body"], changed["tags"]) == ("Later", "Now.", ["one"])
    assert (changed["language"], changed["status"]) == ("de", "draft")
    assert as_(member).patch(address, {"draft": False}).json()["status"] == "open"


def test_of_an_idea_that_cannot_be_posted_nothing_is_kept(as_, newcomer, board):
    answer = as_(newcomer).post(f"{ROOT}ideas/", {"title": "Early", "board": "charging"})
    problem(answer, 403, "address_unconfirmed")
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": "\u200b"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": ["x"]}, "title"),
        ({"body": "x" * 20_001}, "body"),
        ({"body": None}, "body"),
        ({"board": "nowhere"}, "board"),
        ({"board": "\x00"}, "board"),
        ({"board": {"slug": "charging"}}, "board"),
        ({"board": "closed"}, "board"),
        ({"language": "fr"}, "language"),
        ({"tags": ["a", "b", "c", "d", "e", "f"]}, "tags"),
        ({"tags": ["x" * 41]}, "tags.0"),
        ({"tags": ["\u200b"]}, "tags.0"),
        ({"tags": "night"}, "tags"),
        ({"draft": "perhaps"}, "draft"),
    ],
)
def test_what_does_not_fit_is_named(as_, member, board, sent, field):
    BoardFactory(slug="closed", accepts_ideas=False)
    good = {"title": "Fine", "board": "charging"}
    answer = as_(member).post(f"{ROOT}ideas/", good | sent)
    assert list(problem(answer, 400, "invalid")["errors"]) == [field]


def test_revising(as_, idea, author):
    idea.tags.set(["night"])
    sent = {"title": "Charge by day", "note": "The sun", "version": 1}
    said = as_(author).patch(at(idea), sent).json()
    assert (said["title"], said["body"], said["version"]) == (sent["title"], idea.body, 2)
    assert said["tags"] == ["night"]
    versions = as_(None).get(at(idea, "revisions/")).json()["results"]
    assert [(v["number"], v["title"], v["note"]) for v in versions] == [
        (2, "Charge by day", "The sun"),
        (1, "Charge at night", ""),
    ]


def test_a_stale_revision_is_a_conflict(as_, idea, author):
    revise(idea=idea, by=author, version=1, title="Quicker", body="", tags=[])
    answer = as_(author).patch(at(idea), {"title": "Slower", "version": 1})
    problem(answer, 409, "stale")


def test_what_a_posted_idea_keeps(as_, idea, author):
    problem(as_(author).patch(at(idea), {"title": "x"}), 400, "invalid")
    answer = as_(author).patch(at(idea), {"board": "charging", "language": "de", "version": 1})
    assert set(problem(answer, 400, "invalid")["errors"]) == {"board", "language"}


def test_ideas_of_others_are_theirs(as_, idea, stranger):
    problem(as_(stranger).patch(at(idea), {"title": "Mine", "version": 1}), 403, "not_yours")
    problem(as_(stranger).delete(at(idea)), 403, "not_a_draft")


def test_throwing_a_draft_away(as_, idea, author):
    draft = DraftFactory(author=author)
    assert as_(author).delete(at(draft)).status_code == 204
    problem(as_(author).delete(at(draft)), 404, "not_found")
    problem(as_(author).delete(at(idea)), 403, "not_a_draft")


def test_previewing(as_, member):
    html = as_(member).post(f"{ROOT}ideas/preview/", {"body": "**x** <script>"}).json()["html"]
    assert html == "<p><strong>x</strong> &lt;script&gt;</p>\n"


# --- Pictures ---------------------------------------------------------------------------------


def picture(name="cat.png"):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def test_pictures_come_and_go(as_, idea, author, stranger, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    sent = {"file": picture(), "description": "A cat"}
    said = as_(author).post(at(idea, "images/"), sent, format="multipart")
    assert said.status_code == 201, said.content
    image = said.json()
    assert (image["width"], image["height"], image["description"]) == (40, 30, "A cat")
    assert image["url"].startswith("http://testserver/media/ideas/")
    assert as_(None).get(at(idea)).json()["images"] == [image]
    address = at(idea, f"images/{image['id']}/")
    problem(as_(stranger).delete(address), 403, "not_yours")
    assert as_(author).delete(address).status_code == 204
    assert as_(None).get(at(idea)).json()["images"] == []
    problem(as_(author).delete(address), 404, "not_found")


def test_what_is_no_picture_is_refused(as_, idea, author):
    def sent(file):
        return as_(author).post(at(idea, "images/"), {"file": file}, format="multipart")

    answer = sent(SimpleUploadedFile("cat.png", b"no cat", "image/png"))
    assert "file" in problem(answer, 400, "bad_picture")["errors"]
    problem(sent("cat"), 400, "invalid")
    answer = as_(author).post(at(idea, "images/"), {"file": "cat"}, format="json")
    problem(answer, 415, "unsupported_media_type")


# --- Support and follow -----------------------------------------------------------------------


NOT_VOID = {"voided_because": ""}


def test_support_is_set_and_withdrawn(as_, idea, member):
    program = as_(member)
    for _again in range(2):
        given = program.put(at(idea, "support/")).json()
        assert given == {"idea": idea.pk, "state": "counted", "supporters": 1} | NOT_VOID
    assert program.get(at(idea, "support/")).json() == given
    assert program.get(at(idea)).json()["viewer_support"] == "counted"
    for _again in range(2):
        taken = program.delete(at(idea, "support/")).json()
        assert taken == {"idea": idea.pk, "state": "none", "supporters": 0} | NOT_VOID


def test_support_of_an_unconfirmed_address_waits(as_, idea, newcomer):
    given = as_(newcomer).put(at(idea, "support/")).json()
    assert given == {"idea": idea.pk, "state": "pending", "supporters": 0} | NOT_VOID


def test_visitors_read_the_number_alone(api, idea):
    assert api.get(at(idea, "support/")).json() == {
        "idea": idea.pk,
        "state": "none",
        "supporters": 0,
        "voided_because": "",
    }
    problem(api.put(at(idea, "support/")), 401, "not_authenticated")


def test_following(as_, idea, stranger):
    program = as_(stranger)
    assert program.put(at(idea, "follow/")).json() == {"following": True}
    assert program.put(at(idea, "follow/")).json() == {"following": True}
    assert program.get(at(idea, "follow/")).json() == {"following": True}
    assert program.delete(at(idea, "follow/")).json() == {"following": False}
    assert not Follow.objects.filter(member=stranger).exists()


# --- Comments ---------------------------------------------------------------------------------


def test_a_discussion_is_two_deep(as_, idea, member):
    program = as_(member)
    first = program.post(at(idea, "comments/"), {"body": "Why?", "kind": "question"}).json()
    reply = program.post(at(idea, "comments/"), {"body": "So.", "parent": first["id"]}).json()
    deeper = program.post(at(idea, "comments/"), {"body": "Ah.", "parent": reply["id"]}).json()
    assert (first["kind"], first["parent"], reply["kind"]) == ("question", None, "comment")
    assert deeper["parent"] == first["id"]
    (thread,) = program.get(at(idea, "comments/")).json()["results"]
    assert [said["body"] for said in thread["replies"]] == ["So.", "Ah."]
    assert thread["has_more_replies"] is False


def test_a_team_speaks_officially(as_, idea, team_member):
    said = as_(team_member).post(at(idea, "comments/"), {"body": "We look into it."}).json()
    assert said["team"] == {"slug": "charging", "name": "Charging"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"body": "\u2060"}, "body"),
        ({"body": "x" * 5001}, "body"),
        ({"kind": "insult"}, "kind"),
        ({"parent": 10**30}, "parent"),
        ({"parent": "first"}, "parent"),
    ],
)
def test_what_is_no_comment_is_refused(as_, idea, member, sent, field):
    answer = as_(member).post(at(idea, "comments/"), {"body": "Fine."} | sent)
    assert list(problem(answer, 400, "invalid")["errors"]) == [field]


def test_one_replies_on_the_same_idea(as_, idea, member):
    elsewhere = said_on(IdeaFactory())
    answer = as_(member).post(at(idea, "comments/"), {"body": "Hm.", "parent": elsewhere.pk})
    assert "parent" in problem(answer, 400, "invalid")["errors"]


def test_of_a_hidden_comment_only_its_place_is_left(api, idea):
    hidden, gone = said_on(idea, "Rude."), said_on(idea, "Ruder.")
    said_on(idea, "Now, now.", parent=hidden)
    for comment in (hidden, gone):
        set_comment_hidden(comment=comment, hidden=True)
    (thread,) = api.get(at(idea, "comments/")).json()["results"]
    assert (thread["is_hidden"], thread["body"], thread["author"]) == (True, "", None)
    assert [reply["body"] for reply in thread["replies"]] == ["Now, now."]
    problem(api.get(saying(hidden)), 404, "not_found")


def test_changing_a_comment(as_, idea, member, stranger):
    comment = said_on(idea, "Frist.", by=member)
    said = as_(member).patch(saying(comment), {"body": "First.", "version": 1}).json()
    assert (said["body"], said["version"]) == ("First.", 2)
    problem(as_(member).patch(saying(comment), {"body": "Late.", "version": 1}), 409, "stale")
    answer = as_(stranger).patch(saying(comment), {"body": "Mine.", "version": 2})
    problem(answer, 403, "not_yours")
    (before,) = as_(None).get(saying(comment, "history/")).json()["results"]
    assert (before["number"], before["body"]) == (1, "Frist.")


def test_helpful_marks(as_, idea, member, stranger):
    comment = said_on(idea, by=member)
    program = as_(stranger)
    said = program.put(saying(comment, "helpful/")).json()
    assert (said["helpful"], said["unhelpful"], said["viewer_marked"]) == (1, 0, True)
    said = program.put(saying(comment, "helpful/"), {"helpful": False}).json()
    assert (said["helpful"], said["unhelpful"], said["viewer_marked"]) == (0, 1, False)
    said = program.delete(saying(comment, "helpful/")).json()
    assert (said["helpful"], said["unhelpful"], said["viewer_marked"]) == (0, 0, None)
    problem(as_(member).put(saying(comment, "helpful/")), 403, "own_comment")


def test_settling_a_question(as_, idea, member, stranger):
    question, remark = said_on(idea, kind="question", by=member), said_on(idea)
    assert as_(member).put(saying(question, "resolved/")).json()["resolved_by"]["handle"] == "mara"
    assert as_(member).delete(saying(question, "resolved/")).json()["resolved_at"] is None
    problem(as_(stranger).put(saying(question, "resolved/")), 403, "not_yours")
    problem(as_(member).put(saying(remark, "resolved/")), 403, "nothing_to_resolve")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_discussion_costs_the_same_for_any_length(
    as_, idea, member, rows, django_assert_num_queries
):
    for _thread in range(rows):
        first = said_on(idea)
        for _reply in range(rows):
            said_on(idea, parent=first)
    with django_assert_num_queries(3):
        assert len(as_(member).get(at(idea, "comments/")).json()["results"]) == rows


# --- Decisions and boards ---------------------------------------------------------------------

NO = {
    "to": "declined",
    "statement": "The grid cannot carry it.",
    "reason": "legal",
    "change_our_mind": "Another law.",
    "revisit_on": "2027-01-31",
    "seen": 0,
}


def test_deciding(as_, idea, team_member):
    said = as_(team_member).post(at(idea, "decisions/"), NO)
    assert said.status_code == 201, said.content
    assert said.json()["team"] == {"slug": "charging", "name": "Charging"}
    assert as_(None).get(at(idea, "decisions/")).json()["results"] == [said.json()]
    assert as_(None).get(at(idea)).json()["status"] == "declined"


@pytest.mark.parametrize("field", ["statement", "reason", "change_our_mind"])
def test_a_no_without_a_reason_is_refused(as_, idea, team_member, field):
    answer = as_(team_member).post(at(idea, "decisions/"), NO | {field: ""})
    assert list(problem(answer, 400, f"missing_{field}")["errors"]) == [field]


def test_nobody_decides_past_a_colleague(as_, idea, team_member):
    as_(team_member).post(at(idea, "decisions/"), {"to": "under_review", "statement": "Soon."})
    problem(as_(team_member).post(at(idea, "decisions/"), NO), 409, "stale")


def test_a_draft_is_posted_and_not_decided(as_, author):
    draft = DraftFactory(author=author)
    answer = as_(author).post(at(draft, "decisions/"), {"to": "open", "statement": "Go."})
    problem(answer, 403, "no_such_step")


def test_decisions_stand(as_, idea, team_member):
    for deed in (as_(team_member).put, as_(team_member).patch, as_(team_member).delete):
        problem(deed(at(idea, "decisions/"), NO), 405, "method_not_allowed")


def test_boards(api, board):
    (said,) = api.get(f"{ROOT}boards/").json()["results"]
    assert said == api.get(f"{ROOT}boards/charging/").json()
    assert (said["answer_threshold"], said["answer_days"]) == (50, 30)
    problem(api.get(f"{ROOT}boards/nowhere/"), 404, "not_found")


@pytest.mark.parametrize("rows", [1, 3])
def test_boards_and_decisions_cost_the_same(api, idea, rows, django_assert_num_queries):
    BoardFactory.create_batch(rows)
    with django_assert_num_queries(1):
        api.get(f"{ROOT}boards/")
    decided = idea_in([Status.UNDER_REVIEW, Status.PLANNED, Status.SHIPPED][rows - 1])
    with django_assert_num_queries(2):
        api.get(at(decided, "decisions/"))


# --- Long lists -------------------------------------------------------------------------------


def walk(api, address):
    """Everything that a list holds, page by page."""
    while address:
        page = api.get(address).json()
        yield page["results"]
        address = page["next"]


def test_a_long_discussion_comes_in_pages(api, idea, member, monkeypatch):
    monkeypatch.setattr("ideas.api.comments.THREADS", 2)
    monkeypatch.setattr("ideas.api.comments.REPLIES", 2)
    firsts = [said_on(idea, f"{n}") for n in range(5)]
    Comment.objects.filter(pk=firsts[3].pk).update(helpful_score=0.5)
    Comment.objects.filter(pk=firsts[4].pk).update(helpful_score=0.1234567890123)
    replies = [said_on(idea, parent=firsts[0]).pk for _n in range(3)]
    pages = list(walk(api, at(idea, "comments/")))
    assert [[said["body"] for said in page] for page in pages] == [["3", "4"], ["0", "1"], ["2"]]
    thread = pages[1][0]
    assert [said["id"] for said in thread["replies"]] == replies[:2]
    assert thread["has_more_replies"] is True
    found = [said["id"] for page in walk(api, saying(firsts[0], "replies/")) for said in page]
    assert found == replies


def test_a_long_history_comes_in_pages(api, idea, member):
    comment = said_on(idea, "0", by=member)
    for n in range(1, 56):
        edit_comment(comment=comment, by=member, version=n, body=str(n))
    pages = [len(page) for page in walk(api, saying(comment, "history/"))]
    assert pages == [50, 5]
