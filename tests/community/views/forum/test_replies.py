import pytest

from community.models import Reply, ReplyMark, SolvedToo
from community.services import answers, distance, hiding, replies
from tests.community.views.forum.conftest import words
from tests.factories.forum import opened, replied

pytestmark = pytest.mark.django_db


def test_a_reply_is_posted_and_shown(as_stranger, stranger, question):
    response = as_stranger.post(
        f"/forum/topics/{question.pk}/replies/", {"body": "In the *attic*."}
    )
    said = Reply.objects.get()
    assert (said.author, said.quotes) == (stranger, None)
    assert response.url == f"/forum/replies/{said.pk}/"
    page = as_stranger.get(response.url, follow=True)
    assert "<em>attic</em>" in page.content.decode()


def test_a_quote_is_chosen_by_a_link_and_kept(as_stranger, question, answer):
    page = as_stranger.get(f"/forum/topics/{question.pk}/?quote={answer.pk}")
    assert "You quote Sven Holm." in words(page)
    said = {"body": "Are you sure?", "quotes": answer.pk}
    as_stranger.post(f"/forum/topics/{question.pk}/replies/", said)
    assert Reply.objects.latest("id").quotes == answer


def test_what_was_typed_is_never_lost(as_stranger, question, answer, author):
    said = {"body": " \u200b ", "quotes": answer.pk}
    response = as_stranger.post(f"/forum/topics/{question.pk}/replies/", said)
    assert response.status_code == 422
    assert "You quote Sven Holm." in words(response)
    hiding.set_topic_hidden(topic=question, hidden=True)
    answer_to_a_hidden_one = as_stranger.post(
        f"/forum/topics/{question.pk}/replies/", {"body": "Mine."}
    )
    assert answer_to_a_hidden_one.status_code == 404


def test_a_refusal_keeps_the_words(signed_in, newcomer, question):
    said = {"body": "I have it here."}
    response = signed_in(newcomer).post(f"/forum/topics/{question.pk}/replies/", said)
    assert response.status_code == 422
    assert "I have it here." in response.content.decode()
    assert "Confirm your e-mail address first" in words(response)
    assert not Reply.objects.exists()


def test_words_of_a_blocked_member_are_not_shown_in_quotes(
    as_stranger, visitor, stranger, author, question, answer
):
    replies.reply(topic=question, by=author, body="Are you sure?", quotes=answer)
    distance.block(member=stranger, other=answer.author)
    address = f"/forum/topics/{question.pk}/"
    assert "It quotes somebody you blocked." in words(as_stranger.get(address))
    assert "It quotes somebody you blocked." not in words(visitor.get(address))


@pytest.mark.parametrize("quotes", ["x", "0", "99999999999999999999"])
def test_a_quote_of_nothing(as_stranger, question, quotes):
    said = {"body": "Mine.", "quotes": quotes}
    address = f"/forum/topics/{question.pk}/replies/"
    assert as_stranger.post(address, said).status_code == 404


def test_a_quote_from_elsewhere(as_stranger, space, question):
    elsewhere = replied(opened(space, title="Which plug?"))
    said = {"body": "Mine.", "quotes": elsewhere.pk}
    assert as_stranger.post(f"/forum/topics/{question.pk}/replies/", said).status_code == 404


class TestEdit:
    def test_changed_with_its_history(self, signed_in, supporter, visitor, answer):
        browser = signed_in(supporter)
        assert (
            "Under the stairs." in browser.get(f"/forum/replies/{answer.pk}/edit/").content.decode()
        )
        said = {"body": "In the attic.", "version": 1}
        assert browser.post(f"/forum/replies/{answer.pk}/edit/", said).status_code == 302
        html = visitor.get(f"/forum/replies/{answer.pk}/history/").content.decode()
        assert html.index("Version 2") < html.index("Version 1")
        assert "<ins>attic.</ins>" in html

    def test_who_was_slower_reads_it_and_keeps_the_words(self, signed_in, supporter, answer):
        replies.edit_reply(reply=answer, by=supporter, version=1, body="In the attic.")
        said = {"body": "In the shed.", "version": 1}
        response = signed_in(supporter).post(f"/forum/replies/{answer.pk}/edit/", said)
        assert response.status_code == 422
        assert "changed while you were writing" in words(response)
        assert "In the shed." in response.content.decode()

    def test_nobody_else_changes_it(self, as_author, answer):
        assert as_author.get(f"/forum/replies/{answer.pk}/edit/").status_code == 403


class TestHelpful:
    def test_set_and_taken_back(self, as_stranger, answer):
        address = f"/forum/replies/{answer.pk}/helpful/"
        for sent, kept in (("true", True), ("true", True), ("false", False)):
            assert as_stranger.post(address, {"helpful": sent}).status_code == 302
            assert ReplyMark.objects.get().helpful == kept
        as_stranger.post(address, {"helpful": ""})
        assert not ReplyMark.objects.exists()

    def test_htmx_gets_the_buttons(self, as_stranger, answer):
        response = as_stranger.post(
            f"/forum/replies/{answer.pk}/helpful/",
            {"helpful": "true"},
            headers={"HX-Request": "true"},
        )
        assert 'aria-pressed="true"' in response.content.decode()
        assert "Helpful 1" in words(response)

    def test_not_one_s_own(self, signed_in, supporter, answer):
        response = signed_in(supporter).post(
            f"/forum/replies/{answer.pk}/helpful/", {"helpful": "true"}
        )
        assert response.status_code == 403


class TestSolvedMineToo:
    def test_set_and_taken_back(self, as_stranger, author, answer):
        answers.accept(reply=answer, by=author)
        address = f"/forum/replies/{answer.pk}/solved/"
        for sent, there in (("true", 1), ("true", 1), ("false", 0), ("false", 0)):
            assert as_stranger.post(address, {"solved": sent}).status_code == 302
            assert SolvedToo.objects.count() == there

    def test_htmx_gets_the_line(self, as_stranger, author, answer):
        answers.accept(reply=answer, by=author)
        response = as_stranger.post(
            f"/forum/replies/{answer.pk}/solved/",
            {"solved": "true"},
            headers={"HX-Request": "true"},
        )
        assert words(response) == "It solved mine too It solved it for 1 other member."

    def test_only_of_the_answer(self, as_stranger, answer):
        response = as_stranger.post(f"/forum/replies/{answer.pk}/solved/", {"solved": "true"})
        assert response.status_code == 403
        assert not SolvedToo.objects.exists()
