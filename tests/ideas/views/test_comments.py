"""Saying something, replying, editing, finding helpful, resolving: on pages."""

import re
from datetime import timedelta

import pytest

from ideas import threads
from ideas.models import Comment, HelpfulMark
from ideas.services.discussing import edit_comment
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from tests.factories.ideas import DraftFactory, IdeaFactory, said_on
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def say(browser, idea, body="Good.", **more):
    return read(browser.post(f"/ideas/{idea.pk}/comments/", {"body": body} | more))


class TestCommenting:
    def test_it_leads_to_the_comment(self, as_stranger, idea):
        page = say(as_stranger, idea, kind="concern")
        said = Comment.objects.get()
        assert page.status == 302
        assert page.response.url == f"/ideas/{idea.pk}/?comment={said.pk}#comment-{said.pk}"
        assert said.kind == "concern"

    def test_a_reply(self, as_stranger, idea):
        first = said_on(idea)
        say(as_stranger, idea, parent=first.pk)
        assert Comment.objects.latest("id").parent == first

    @pytest.mark.parametrize("parent", ["x", "0", "999999", "-1", "9" * 30, "١"])
    def test_a_reply_to_nothing(self, as_stranger, idea, parent):
        assert say(as_stranger, idea, parent=parent).status == 404

    def test_a_reply_to_what_was_said_elsewhere_or_hidden(self, as_stranger, idea):
        elsewhere = said_on(IdeaFactory())
        hidden = said_on(idea)
        set_comment_hidden(comment=hidden, hidden=True)
        for parent in (elsewhere, hidden):
            assert say(as_stranger, idea, parent=parent.pk).status == 404

    def test_a_kind_nobody_knows(self, as_stranger, idea):
        page = say(as_stranger, idea, kind="rant")
        assert page.status == 422
        assert page.value_of("body") == "Good."

    def test_visitors_sign_in_first(self, visitor, idea):
        assert say(visitor, idea).status == 302
        assert not Comment.objects.exists()

    def test_what_they_cannot_see(self, as_stranger, idea):
        set_idea_hidden(idea=idea, hidden=True)
        assert say(as_stranger, idea).status == 404
        assert say(as_stranger, DraftFactory()).status == 404

    def test_an_unconfirmed_address_is_told_why(self, signed_in, newcomer, idea):
        page = say(signed_in(newcomer), idea)
        assert page.status == 422
        assert "Confirm your e-mail address first" in page

    def test_a_failed_reply_is_still_a_reply(self, as_stranger, idea):
        """What was typed is there, and goes to the same thread when it is sent again."""
        first = said_on(idea)
        page = say(as_stranger, idea, body="y" * 5001, parent=first.pk)
        assert page.status == 422
        compose = page.html.split('id="compose"')[1]
        assert "y" * 5001 in compose
        assert f'name="parent" value="{first.pk}"' in compose

    def test_a_double_click_does_not_say_it_twice(self, as_stranger, idea):
        for _ in range(2):
            assert say(as_stranger, idea, body="Only once.").status == 302
        assert Comment.objects.get().body == "Only once."

    def test_the_same_words_later_or_elsewhere_are_meant(self, as_stranger, idea):
        say(as_stranger, idea, body="Thank you.")
        first = Comment.objects.get()
        say(as_stranger, idea, body="Thank you.", parent=said_on(idea).pk)
        Comment.objects.update(created_at=first.created_at - timedelta(minutes=1))
        say(as_stranger, idea, body="Thank you.")
        assert Comment.objects.filter(body="Thank you.").count() == 3


class TestEditing:
    @pytest.fixture
    def said(self, idea, stranger):
        return said_on(idea, "Good.", by=stranger)

    def edit(self, browser, said, **typed):
        return read(browser.post(f"/comments/{said.pk}/edit/", typed))

    def test_the_form_holds_the_words(self, as_stranger, said):
        page = read(as_stranger.get(f"/comments/{said.pk}/edit/"))
        assert page.value_of("body") == "Good."
        assert page.value_of("version") == "1"

    def test_an_edit_leads_back(self, as_stranger, said):
        assert self.edit(as_stranger, said, body="Better.", version=1).status == 302
        assert Comment.objects.get().body == "Better."

    def test_a_stale_edit_is_told_and_keeps_what_was_typed(self, as_stranger, stranger, said):
        edit_comment(comment=said, by=stranger, version=1, body="Elsewhere.")
        page = self.edit(as_stranger, said, body="Precious words.", version=1)
        assert page.status == 422
        assert "was changed while you were writing" in page
        assert page.value_of("body") == "Precious words."
        assert Comment.objects.get().body == "Elsewhere."

    @pytest.mark.parametrize("version", ["", "x", "1.5", "9" * 40, "-1", "\x00"])
    def test_a_version_that_is_none(self, as_stranger, said, version):
        page = self.edit(as_stranger, said, body="Precious words.", version=version)
        assert page.status in (400, 422)
        assert Comment.objects.get().body == "Good."

    @pytest.mark.parametrize("who", ["as_author", "as_team"])
    def test_only_ones_own(self, request, said, who):
        page = self.edit(request.getfixturevalue(who), said, body="Bad.", version=1)
        assert page.status == 403
        assert "Only the author can change this comment." in page

    def test_the_history_shows_what_changed(self, visitor, stranger, said):
        edit_comment(comment=said, by=stranger, version=1, body="Not <i>good</i>.")
        page = read(visitor.get(f"/comments/{said.pk}/history/"))
        assert "<del>Good.</del><ins>Not &lt;i&gt;good&lt;/i&gt;.</ins>" in page.html

    def test_what_is_hidden_has_no_page(self, as_stranger, visitor, said):
        set_comment_hidden(comment=said, hidden=True)
        assert as_stranger.get(f"/comments/{said.pk}/edit/").status_code == 404
        assert visitor.get(f"/comments/{said.pk}/history/").status_code == 404

    def test_nor_has_what_was_said_on_a_hidden_idea(self, as_stranger, visitor, said):
        set_idea_hidden(idea=said.idea, hidden=True)
        assert as_stranger.get(f"/comments/{said.pk}/edit/").status_code == 404
        assert visitor.get(f"/comments/{said.pk}/history/").status_code == 404


class TestHelpful:
    @pytest.fixture
    def said(self, idea):
        return said_on(idea)

    def mark(self, browser, said, helpful, **headers):
        address = f"/comments/{said.pk}/helpful/"
        return read(browser.post(address, {"helpful": helpful}, headers=headers or None))

    def test_set_and_taken_back(self, as_stranger, said):
        assert self.mark(as_stranger, said, "true").status == 302
        assert HelpfulMark.objects.get().helpful
        assert self.mark(as_stranger, said, "").status == 302
        assert not HelpfulMark.objects.exists()

    def test_with_htmx_the_button_alone(self, as_stranger, said):
        page = self.mark(as_stranger, said, "true", **HTMX)
        assert not page.is_whole
        assert 'aria-pressed="true"' in page.html
        assert 'name="helpful" value=""' in page.html

    def test_the_page_offers_to_take_it_back(self, as_stranger, said):
        self.mark(as_stranger, said, "true")
        html = read(as_stranger.get(f"/ideas/{said.idea_id}/")).html
        assert 'name="helpful" value=""' in html

    def test_ones_own(self, signed_in, said):
        page = self.mark(signed_in(said.author), said, "true")
        assert page.status == 403
        assert "Whether your comment helped is for others to say." in page

    def test_what_is_not_there(self, as_stranger, said):
        set_comment_hidden(comment=said, hidden=True)
        assert self.mark(as_stranger, said, "true").status == 404


class TestResolving:
    @pytest.fixture
    def asked(self, idea, stranger):
        return said_on(idea, by=stranger, kind="question")

    def resolve(self, browser, asked, resolved="true"):
        return read(browser.post(f"/comments/{asked.pk}/resolved/", {"resolved": resolved}))

    @pytest.mark.parametrize("who", ["as_stranger", "as_author", "as_team"])
    def test_settled_and_taken_up_again(self, request, asked, who):
        browser = request.getfixturevalue(who)
        assert self.resolve(browser, asked).status == 302
        assert Comment.objects.get().resolved_at
        self.resolve(browser, asked, "false")
        assert Comment.objects.get().resolved_at is None

    def test_others_are_told_who_can(self, signed_in, supporter, asked):
        page = self.resolve(signed_in(supporter), asked)
        assert page.status == 403
        assert "the author of the idea or the team can resolve this" in page


class TestManyComments:
    @pytest.fixture(autouse=True)
    def _few(self, monkeypatch):
        monkeypatch.setattr(threads, "THREADS", 2)
        monkeypatch.setattr(threads, "REPLIES", 1)

    def shown(self, browser, address):
        page = read(browser.get(address))
        assert page.status == 200
        return re.findall(r'id="comment-(\d+)"', page.html), page

    def test_more_of_them_are_a_link_away(self, visitor, idea):
        rows = [str(said_on(idea).pk) for _ in range(3)]
        found, page = self.shown(visitor, f"/ideas/{idea.pk}/")
        assert found == rows[:2]
        (further,) = re.findall(r'href="([?]comments=[^#"]+)#comments"', page.html)
        found, page = self.shown(visitor, f"/ideas/{idea.pk}/{further}")
        assert found == rows[2:]
        assert "All comments from the start" in page
        assert "More comments" not in page

    def test_with_javascript_they_come_alone(self, visitor, idea):
        for _ in range(3):
            said_on(idea)
        html = visitor.get(f"/ideas/{idea.pk}/").content.decode()
        (further,) = re.findall(r'hx-get="([?]comments=[^"]+)"', html)
        page = read(visitor.get(f"/ideas/{idea.pk}/{further}", headers=HTMX))
        assert not page.is_whole
        assert page.html.count('id="comment-') == 1

    def test_a_link_to_a_comment_finds_its_page(self, visitor, idea):
        last = [said_on(idea) for _ in range(5)][-1]
        found, _page = self.shown(visitor, last.get_absolute_url())
        assert found == [str(last.pk)]

    def test_all_replies_are_a_link_away(self, visitor, idea):
        root = said_on(idea)
        replies = [str(said_on(idea, parent=root).pk) for _ in range(2)]
        found, page = self.shown(visitor, f"/ideas/{idea.pk}/")
        assert found == [str(root.pk), replies[0]]
        assert "All replies" in page
        found, _page = self.shown(visitor, f"/ideas/{idea.pk}/?thread={root.pk}")
        assert found == [str(root.pk), *replies]

    @pytest.mark.parametrize(
        "asked", ["comment=x", "comment=999999", "thread=-1", "thread=" + "9" * 30]
    )
    def test_a_comment_that_is_not_there_shows_the_first_page(self, visitor, idea, asked):
        said = said_on(idea)
        assert self.shown(visitor, f"/ideas/{idea.pk}/?{asked}")[0] == [str(said.pk)]

    def test_a_page_that_is_none(self, visitor, idea):
        assert visitor.get(f"/ideas/{idea.pk}/?comments=rubbish").status_code == 400
