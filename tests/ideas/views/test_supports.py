"""Supporting and following from cards and pages, with JavaScript and without."""

import pytest
from django.test import Client

from ideas.models import Follow, Support
from ideas.services.hiding import set_idea_hidden
from ideas.services.supporting import give_support
from tests.factories.ideas import DraftFactory, IdeaFactory, idea_in
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def click(browser, idea, on="true", **headers):
    answer = browser.post(f"/ideas/{idea.pk}/support/", {"on": on}, headers=headers or None)
    return read(answer)


class TestWithoutJavaScript:
    def test_it_leads_back_to_the_idea(self, as_stranger, idea):
        page = click(as_stranger, idea)
        assert page.status == 302
        assert page.response.url == f"/ideas/{idea.pk}/"
        assert Support.objects.get().state == "counted"

    def test_withdrawing(self, as_stranger, stranger, idea):
        give_support(idea=idea, member=stranger)
        assert click(as_stranger, idea, on="false").status == 302
        assert Support.objects.get().state == "withdrawn"

    def test_a_refusal_is_a_page_with_the_reason(self, as_author, idea):
        page = click(as_author, idea)
        assert page.status == 403
        assert page.is_whole
        assert "This is your own idea" in page

    def test_the_page_then_says_supported(self, as_stranger, idea):
        click(as_stranger, idea)
        page = read(as_stranger.get(f"/ideas/{idea.pk}/"))
        assert 'aria-pressed="true"' in page.html
        assert 'name="on" value="false"' in page.html


class TestWithHtmx:
    def test_it_answers_with_the_seat_alone(self, as_stranger, idea):
        page = click(as_stranger, idea, **HTMX)
        assert page.status == 200
        assert not page.is_whole
        assert "Supported" in page
        assert 'name="on" value="false"' in page.html

    def test_withdrawing(self, as_stranger, stranger, idea):
        give_support(idea=idea, member=stranger)
        page = click(as_stranger, idea, on="false", **HTMX)
        assert 'aria-pressed="false"' in page.html

    def test_a_refusal_is_announced_in_place(self, as_stranger):
        page = click(as_stranger, idea_in("shipped"), **HTMX)
        assert 'role="alert"' in page.html
        assert "This idea takes no more support." in page
        assert not page.is_whole

    def test_a_refused_click_shows_how_it_stands(self, as_stranger, stranger, board):
        """The budget is spent: the seat is as free as before."""
        board.uses_budget = True
        board.save()
        for _ in range(4):
            give_support(idea=IdeaFactory(board=board), member=stranger)
        page = click(as_stranger, IdeaFactory(board=board), **HTMX)
        assert "You have used all 4 supports of this board" in page
        assert 'aria-pressed="false"' in page.html

    def test_an_unconfirmed_address(self, signed_in, newcomer, idea):
        page = click(signed_in(newcomer), idea, **HTMX)
        assert "Pending" in page
        assert "Counts once you confirm your address." in page

    def test_clicking_twice_is_clicking_once(self, as_stranger, idea):
        click(as_stranger, idea, **HTMX)
        assert "Supported" in click(as_stranger, idea, **HTMX)
        assert Support.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
class TestCost:
    # Session, member, idea; savepoint, vote, event, fold, release.
    def test_of_a_vote(self, as_stranger, idea, headers, django_assert_num_queries):
        with django_assert_num_queries(8):
            click(as_stranger, idea, **headers)

    def test_of_a_click_that_changes_nothing(
        self, as_stranger, stranger, idea, headers, django_assert_num_queries
    ):
        give_support(idea=idea, member=stranger)
        # Instead of the event: whether it was voided.
        with django_assert_num_queries(8):
            click(as_stranger, idea, **headers)


class TestWhoMayNot:
    def test_visitors_sign_in_first(self, visitor, idea):
        page = click(visitor, idea)
        assert page.status == 302
        assert "/login/" in page.response.url

    def test_without_a_token_nothing_is_done(self, stranger, idea):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(stranger)
        assert click(browser, idea).status == 403
        assert not Support.objects.exists()

    def test_looking_is_not_supporting(self, as_stranger, idea):
        assert as_stranger.get(f"/ideas/{idea.pk}/support/").status_code == 405
        assert not Support.objects.exists()

    def test_what_they_cannot_see(self, as_stranger, idea):
        set_idea_hidden(idea=idea, hidden=True)
        for unseen in (idea, DraftFactory()):
            assert click(as_stranger, unseen).status == 404
        assert as_stranger.post("/ideas/999999/support/", {"on": "true"}).status_code == 404

    @pytest.mark.parametrize("on", ["", "yes", "TRUE", "1", "\x00", "🦔"])
    def test_what_is_neither_on_nor_off_is_off(self, as_stranger, stranger, idea, on):
        give_support(idea=idea, member=stranger)
        assert click(as_stranger, idea, on=on).status in (302, 400)


class TestFollowing:
    def follow(self, browser, idea, on="true", **headers):
        return read(browser.post(f"/ideas/{idea.pk}/follow/", {"on": on}, headers=headers or None))

    def test_following_and_not(self, as_stranger, stranger, idea):
        assert self.follow(as_stranger, idea).status == 302
        assert Follow.objects.get().member == stranger
        assert self.follow(as_stranger, idea, on="false").status == 302
        assert not Follow.objects.exists()

    def test_with_htmx_the_button_alone(self, as_stranger, idea):
        page = self.follow(as_stranger, idea, **HTMX)
        assert not page.is_whole
        assert "Following" in page
        assert 'name="on" value="false"' in page.html

    def test_visitors_sign_in_first(self, visitor, idea):
        assert self.follow(visitor, idea).status == 302
        assert not Follow.objects.exists()
