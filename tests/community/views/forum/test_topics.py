"""A topic's page: what stands in it, what it costs, and the deeds on it."""

import pytest

from community.forum import thread
from community.models import TopicFollow
from community.services import answers, hiding, replies, topics
from tests.community.views.forum.conftest import replies_of, words
from tests.factories.forum import opened, replied

pytestmark = pytest.mark.django_db

# Statements for a visitor, the asker and somebody of the team (session and member included).
COST = {"visitor": 5, "author": 11, "team_member": 11}


@pytest.mark.parametrize("who", COST)
@pytest.mark.parametrize("rows", [1, 3])
def test_cost(rows, who, request, visitor, signed_in, question, author, django_assert_num_queries):
    question.tags.set(["fuse"])
    answer = replied(question, "Under the stairs.")
    answers.accept(reply=answer, by=author)
    for number in range(rows):
        said = replied(question, f"Number {number}.", quotes=answer)
        replies.mark_helpful(reply=said, by=author, helpful=True)
    browser = visitor if who == "visitor" else signed_in(request.getfixturevalue(who))
    with django_assert_num_queries(COST[who]):
        response = browser.get(f"/forum/topics/{question.pk}/")
    assert len(replies_of(response)) == rows + 1


def test_the_answer_stands_first(visitor, question, answer, author):
    later = replied(question, "In the attic.")
    answers.accept(reply=later, by=author)
    response = visitor.get(f"/forum/topics/{question.pk}/")
    assert replies_of(response) == [later.pk, answer.pk]
    assert "The accepted answer" in words(response)


def test_questions_are_read_by_help_and_discussions_in_time(visitor, space, question, stranger):
    for topic, order in ((question, [1, 0]), (opened(space, "discussion"), [0, 1])):
        said = [replied(topic, "One."), replied(topic, "Two.")]
        replies.mark_helpful(reply=said[1], by=stranger, helpful=True)
        response = visitor.get(f"/forum/topics/{topic.pk}/")
        assert replies_of(response) == [said[index].pk for index in order]


@pytest.mark.parametrize("kind", ["question", "discussion"])
def test_a_long_thread_has_pages_and_each_reply_a_place(visitor, space, kind, monkeypatch):
    monkeypatch.setattr(thread, "PAGE", 3)
    monkeypatch.setattr("community.views.forum.replies.PAGE", 3)
    topic = opened(space, kind)
    said = [replied(topic, f"Number {n}.").pk for n in range(7)]
    response = visitor.get(f"/forum/topics/{topic.pk}/")
    seen = replies_of(response)
    while "next_url" in response.context["page"] and response.context["page"]["next_url"]:
        response = visitor.get(response.context["page"]["next_url"])
        seen += replies_of(response)
    assert seen == said
    # Any of them can be linked to, and opens there.
    place = visitor.get(f"/forum/replies/{said[5]}/").url
    assert place == f"/forum/topics/{topic.pk}/?from={said[5]}#reply-{said[5]}"
    there = visitor.get(place)
    assert replies_of(there) == said[5:]
    assert "From the first reply" in words(there)


def test_a_short_thread_needs_no_other_page(visitor, answer):
    place = visitor.get(f"/forum/replies/{answer.pk}/").url
    assert place == f"/forum/topics/{answer.topic_id}/#reply-{answer.pk}"


@pytest.mark.parametrize("query", ["cursor=x", "cursor=WyJ4IiwxLDBd", "cursor=Wy0xLDEsMF0"])
@pytest.mark.parametrize("kind", ["question", "discussion"])
def test_a_forged_place_is_a_bad_request(visitor, space, kind, query):
    topic = opened(space, kind)
    assert visitor.get(f"/forum/topics/{topic.pk}/?{query}").status_code == 400


@pytest.mark.parametrize("number", ["999999999999999999999", "12"])
def test_a_reply_that_is_not_there(visitor, question, number):
    assert visitor.get(f"/forum/topics/{question.pk}/?from={number}").status_code == 404


def test_words_instead_of_numbers_are_left_out(visitor, as_stranger, question):
    for query in ("?from=x", "?quote=x", "?from=%C2%B2"):
        assert visitor.get(f"/forum/topics/{question.pk}/{query}").status_code == 200
        assert as_stranger.get(f"/forum/topics/{question.pk}/{query}").status_code == 200


def test_a_hidden_topic_is_its_author_s_alone(visitor, as_stranger, as_author, question, answer):
    hiding.set_topic_hidden(topic=question, hidden=True)
    for address in (f"/forum/topics/{question.pk}/", f"/forum/topics/{question.pk}/history/"):
        assert visitor.get(address).status_code == 404
        assert as_stranger.get(address).status_code == 404
        assert as_author.get(address).status_code == 200
    assert visitor.get(f"/forum/replies/{answer.pk}/").status_code == 404
    said = words(as_author.get(f"/forum/topics/{question.pk}/"))
    assert "Only you can see it" in said


def test_a_hidden_reply_is_gone_and_its_quote_says_so(as_stranger, question, answer):
    quoting = replied(question, "Are you sure?", quotes=answer)
    page = as_stranger.get(f"/forum/topics/{question.pk}/")
    assert words(page).count("Under the stairs.") == 2
    hiding.set_reply_hidden(reply=answer, hidden=True)
    page = as_stranger.get(f"/forum/topics/{question.pk}/")
    assert replies_of(page) == [quoting.pk]
    assert "Under the stairs." not in words(page)
    assert "It quotes a reply that was taken down." in words(page)


class TestAnswer:
    def test_accepted_and_taken_back(self, as_author, question, answer):
        address = f"/forum/topics/{question.pk}/answer/"
        assert as_author.post(address, {"reply": answer.pk}).status_code == 302
        answer.refresh_from_db()
        assert answer.accepted_at
        assert as_author.post(address, {}).status_code == 302
        answer.refresh_from_db()
        assert answer.accepted_at is None

    def test_a_stranger_reads_why_not(self, as_stranger, question, answer):
        response = as_stranger.post(f"/forum/topics/{question.pk}/answer/", {"reply": answer.pk})
        assert response.status_code == 403
        assert "The one who asked or the team of this space" in words(response)
        answer.refresh_from_db()
        assert answer.accepted_at is None

    @pytest.mark.parametrize("named", ["x", "0", "99999999999999999999"])
    def test_a_reply_that_is_not_there(self, as_author, question, named):
        response = as_author.post(f"/forum/topics/{question.pk}/answer/", {"reply": named})
        assert response.status_code == 403
        assert "This reply is not there any more." in words(response)

    def test_who_is_offered_what(self, visitor, signed_in, question, answer, author, stranger):
        def page(who):
            browser = signed_in(who) if who else visitor
            return words(browser.get(f"/forum/topics/{question.pk}/"))

        assert "Accept as the answer" in page(author)
        assert "Accept as the answer" not in page(stranger)
        answers.accept(reply=answer, by=author)
        assert "Not the answer after all" in page(author)
        assert "This solved mine too" in page(stranger)
        assert "This solved mine too" in page(None)
        assert "This solved mine too" not in page(author)


class TestFollow:
    def test_set_and_unset(self, as_stranger, stranger, question):
        address = f"/forum/topics/{question.pk}/follow/"
        for on, there in (("true", True), ("true", True), ("false", False)):
            assert as_stranger.post(address, {"on": on}).status_code == 302
            mine = TopicFollow.objects.filter(topic=question, member=stranger)
            assert mine.exists() == there

    def test_htmx_gets_the_button(self, as_stranger, question):
        address = f"/forum/topics/{question.pk}/follow/"
        htmx = {"HX-Request": "true"}
        assert "Following" in words(as_stranger.post(address, {"on": "true"}, headers=htmx))
        said = words(as_stranger.post(address, {"on": "false"}, headers=htmx))
        assert said == "Follow this topic"


class TestClosed:
    def test_the_team_closes(self, as_team, as_stranger, question):
        address = f"/forum/topics/{question.pk}/closed/"
        assert as_team.post(address, {"closed": "true"}).status_code == 302
        page = words(as_stranger.get(f"/forum/topics/{question.pk}/"))
        assert "This topic is closed. Nobody can reply any more." in page
        assert as_team.post(address, {"closed": "false"}).status_code == 302
        question.refresh_from_db()
        assert question.closed_at is None

    def test_nobody_else_does(self, as_author, question):
        response = as_author.post(f"/forum/topics/{question.pk}/closed/", {"closed": "true"})
        assert response.status_code == 403
        question.refresh_from_db()
        assert question.closed_at is None


def test_the_history_shows_what_changed(visitor, question, author):
    topics.edit_topic(
        topic=question, by=author, version=1, title="Where is it?", body="It is dark.", tags=[]
    )
    html = visitor.get(f"/forum/topics/{question.pk}/history/").content.decode()
    assert html.index("Version 2") < html.index("Version 1")
    assert "<del>went</del><ins>is</ins> dark." in html


def test_a_member_without_an_address_reads_what_to_do(signed_in, newcomer, question):
    page = words(signed_in(newcomer).get(f"/forum/topics/{question.pk}/"))
    assert "Confirm your e-mail address first" in page


def test_everybody_signs_in_to_speak(visitor, question, answer):
    for deed in ("replies", "answer", "follow", "closed"):
        response = visitor.post(f"/forum/topics/{question.pk}/{deed}/")
        assert response.url.startswith("/accounts/login/")
    for deed in ("helpful", "solved", "edit"):
        response = visitor.post(f"/forum/replies/{answer.pk}/{deed}/")
        assert response.url.startswith("/accounts/login/")
