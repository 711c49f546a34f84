"""Merging on pages: the old address, what stands below, consent, the team's form and its undo."""

import pytest

from ideas.models import Comment, Follow, Idea, Merge, Support
from ideas.services import merging
from ideas.services.hiding import set_idea_hidden
from ideas.services.supporting import give_support
from tests.factories.ideas import IdeaFactory, said_on, supported
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(board, stranger):
    return IdeaFactory(board=board, author=stranger, title="Load the car while asleep")


@pytest.fixture
def merge(idea, twin, team_member):
    return merging.merge(duplicate=twin, survivor=idea, by=team_member, note="Both ask for night.")


class TestTheOldAddress:
    def test_leads_to_the_idea_that_stands_for_it(self, visitor, idea, twin, merge):
        answer = visitor.get(f"/ideas/{twin.pk}/")
        assert (answer.status_code, answer.url) == (302, f"/ideas/{idea.pk}/?merged={twin.pk}")
        page = read(visitor.get(answer.url))
        assert "“Load the car while asleep” by Tom Okafor was merged into this idea." in page

    def test_says_so_only_for_what_was_merged(self, visitor, idea, twin, merge):
        for other in ("", "x", str(idea.pk), "999999"):
            page = read(visitor.get(f"/ideas/{idea.pk}/?merged={other}"))
            assert "was merged into this idea" not in page

    def test_its_versions_stay(self, visitor, twin, merge):
        assert visitor.get(f"/ideas/{twin.pk}/history/").status_code == 200

    def test_it_stands_in_no_list(self, visitor, idea, twin, merge):
        assert read(visitor.get("/ideas/?order=new")).cards == [idea.pk]

    def test_a_hidden_one_shows_nobody_its_words(self, visitor, idea, twin, merge):
        set_idea_hidden(idea=twin, hidden=True)
        assert visitor.get(f"/ideas/{twin.pk}/").status_code == 404
        assert twin.title not in read(visitor.get(f"/ideas/{idea.pk}/"))

    def test_search_and_twins_find_it_by_its_words(self, visitor, idea, twin, merge):
        assert read(visitor.get("/ideas/?q=asleep")).cards == [idea.pk]
        similar = read(visitor.get("/ideas/similar/?title=Load+the+car+asleep"))
        assert "Charge at night" in similar
        assert "asleep" not in similar


class TestTheSurvivor:
    def test_shows_what_was_merged_by_whom_and_why(self, visitor, idea, twin, team_member):
        supported(twin, 2)
        merging.merge(duplicate=twin, survivor=idea, by=team_member, note="Both ask for night.")
        page = read(visitor.get(f"/ideas/{idea.pk}/"))
        assert f'id="merged-{twin.pk}"' in page.html
        for words in ("Load the car while asleep", "Tom Okafor", "Both ask for night.", "2 sup"):
            assert words in page
        assert "by Anouk de Vries for the Charging team" in page

    def test_shows_the_comments_of_merged_ideas_below_its_own(self, visitor, idea, twin, merge):
        Comment.objects.create(
            idea=twin, author=idea.author, body="Old.", body_html="<p>Old words.</p>"
        )
        said_on(idea, "New words.")
        html = read(visitor.get(f"/ideas/{idea.pk}/")).html
        assert html.index("New words.") < html.index("Said about") < html.index("Old words.")

    def test_replies_to_old_comments_go_on(self, as_author, idea, twin, team_member):
        old = said_on(twin)
        merging.merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
        sent = {"body": "Still true.", "parent": str(old.pk)}
        answer = as_author.post(f"/ideas/{twin.pk}/comments/", sent)
        assert answer.status_code == 302
        assert Comment.objects.get(parent=old).idea == twin

    def test_a_first_comment_for_an_old_address_is_kept_for_the_new_one(
        self, as_author, idea, twin, merge
    ):
        answer = as_author.post(f"/ideas/{twin.pk}/comments/", {"body": "Typed for long."})
        page = read(answer)
        assert page.status == 422
        assert "This idea was merged into “Charge at night”" in page
        assert page.value_of("body") == "Typed for long."
        assert f'action="/ideas/{idea.pk}/comments/#compose"' in page.html

    def test_a_vote_from_an_old_card_counts_for_it(self, signed_in, supporter, idea, twin, merge):
        answer = signed_in(supporter).post(
            f"/ideas/{twin.pk}/support/", {"on": "true"}, headers={"HX-Request": "true"}
        )
        assert f'id="seat-{idea.pk}"' in read(answer).html
        assert Support.objects.get().idea == idea

    def test_a_supporter_of_what_was_merged_can_withdraw(
        self, signed_in, supporter, idea, twin, team_member
    ):
        give_support(idea=twin, member=supporter)
        merging.merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
        browser = signed_in(supporter)
        page = read(browser.get(f"/ideas/{idea.pk}/"))
        assert "Withdraw my support" in page
        assert 'class="seat counted"' in page.html
        browser.post(f"/ideas/{idea.pk}/support/", {"on": "false"})
        assert not Support.objects.active().exists()

    def test_following_counts_for_the_group(self, as_stranger, stranger, idea, twin, merge):
        Follow.objects.create(idea=twin, member=stranger)
        assert 'id="follow" class="button block" aria-pressed="true"' in (
            read(as_stranger.get(f"/ideas/{idea.pk}/")).html
        )
        as_stranger.post(f"/ideas/{twin.pk}/follow/", {"on": "false"})
        assert not Follow.objects.filter(member=stranger).exists()

    def test_the_merged_idea_can_neither_be_edited_nor_decided(
        self, as_stranger, as_team, twin, merge
    ):
        assert as_stranger.get(f"/ideas/{twin.pk}/edit/").status_code == 403
        sent = {"to": "under_review", "statement": "We look.", "seen": "0"}
        assert as_team.post(f"/ideas/{twin.pk}/decisions/", sent).status_code == 403

    @pytest.mark.parametrize("rows", [1, 3])
    def test_costs_the_same_for_any_number(
        self, visitor, idea, board, team_member, rows, django_assert_num_queries
    ):
        visitor.get("/ideas/ordering/")
        for twin in IdeaFactory.create_batch(rows, board=board):
            said_on(twin)
            merging.merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
        with django_assert_num_queries(9):
            assert visitor.get(f"/ideas/{idea.pk}/").status_code == 200


class TestConsent:
    def test_the_author_agrees(self, as_stranger, idea, merge):
        assert "Yes, it is the same" in read(as_stranger.get(f"/ideas/{idea.pk}/"))
        as_stranger.post(f"/merges/{merge.pk}/consent/", {"agrees": "true"})
        page = read(as_stranger.get(f"/ideas/{idea.pk}/"))
        assert "Tom Okafor agrees with the merge." in page

    def test_an_objection_is_public_and_answered(self, as_stranger, as_team, visitor, idea, merge):
        words = "Mine is about the driver."
        as_stranger.post(f"/merges/{merge.pk}/consent/", {"objection": words})
        page = read(visitor.get(f"/ideas/{idea.pk}/"))
        assert words in page
        assert "The team owes a reply, or undoes the merge." in page
        as_team.post(f"/merges/{merge.pk}/reply/", {"reply": "Both need the tariff."})
        assert "Both need the tariff." in read(as_team.get(f"/ideas/{idea.pk}/"))

    def test_without_words_it_says_what_is_missing(self, as_stranger, as_team, merge):
        answer = as_stranger.post(f"/merges/{merge.pk}/consent/", {"objection": " "})
        assert read(answer).status == 422
        assert "This field is required." in read(answer)
        merging.object_to(merge=merge, by=merge.duplicate.author, objection="Mine differs.")
        assert as_team.post(f"/merges/{merge.pk}/reply/", {"reply": ""}).status_code == 422
        assert as_team.post(f"/merges/{merge.pk}/undo/", {"note": ""}).status_code == 422

    def test_nobody_else_is_asked(self, as_author, visitor, idea, merge):
        assert "Yes, it is the same" not in read(as_author.get(f"/ideas/{idea.pk}/"))
        sent = {"agrees": "true"}
        assert as_author.post(f"/merges/{merge.pk}/consent/", sent).status_code == 403
        assert visitor.post(f"/merges/{merge.pk}/consent/", sent).status_code == 302
        merge.refresh_from_db()
        assert merge.consent == "asked"


class TestTheTeam:
    def test_finds_the_other_idea_by_number_address_or_words(self, as_team, idea, twin):
        for words in (str(idea.pk), f"#{idea.pk}", f"https://x.example/ideas/{idea.pk}/#comments"):
            page = read(as_team.get(f"/ideas/{twin.pk}/merge/", {"q": words}))
            assert "What will happen" in page, words
        page = read(as_team.get(f"/ideas/{twin.pk}/merge/", {"q": "charge"}))
        assert f"?into={idea.pk}" in page.html
        page = read(as_team.get(f"/ideas/{twin.pk}/merge/", {"q": "nothing like it"}))
        assert "We found no such idea." in page

    def test_sees_whose_votes_will_count(self, as_team, idea, twin):
        both, *_rest = supported(idea, 3)
        supported(twin, 2)
        give_support(idea=twin, member=both)
        page = read(as_team.get(f"/ideas/{twin.pk}/merge/?into={idea.pk}"))
        words = "5 members will support it: 3 from here, 3 from there, of whom 1 supported both."
        assert words in page

    def test_merges_and_undoes_it(self, as_team, idea, twin):
        sent = {"into": idea.pk, "note": "Both ask for night."}
        answer = as_team.post(f"/ideas/{twin.pk}/merge/", sent)
        assert answer.url == f"/ideas/{idea.pk}/#merged-{twin.pk}"
        merge = Merge.objects.get()
        answer = as_team.post(f"/merges/{merge.pk}/undo/", {"note": "They differ."})
        assert answer.url == f"/ideas/{twin.pk}/"
        assert not Idea.objects.exclude(merged_into=None).exists()

    def test_needs_a_reason_and_loses_nothing(self, as_team, idea, twin):
        answer = as_team.post(f"/ideas/{twin.pk}/merge/", {"into": idea.pk, "note": " "})
        assert answer.status_code == 422
        assert "What will happen" in read(answer)
        assert not Merge.objects.exists()

    def test_is_told_when_it_goes_further(self, as_team, idea, twin, merge, board):
        third = IdeaFactory(board=board, title="Cheap after midnight")
        page = read(as_team.get(f"/ideas/{third.pk}/merge/?into={twin.pk}"))
        words = "“Load the car while asleep” was merged into “Charge at night”, so it goes there."
        assert words in page
        sent = {"into": twin.pk, "note": "The same."}
        answer = as_team.post(f"/ideas/{third.pk}/merge/", sent, follow=True)
        assert words in read(answer)

    def test_cannot_merge_an_idea_into_one_below_it(self, as_team, idea, twin, merge):
        page = read(as_team.get(f"/ideas/{idea.pk}/merge/?into={twin.pk}"))
        assert page.status == 422
        assert "nor into one that was merged into it" in page

    @pytest.mark.parametrize("who", ["as_stranger", "as_author"])
    def test_others_do_not_merge(self, request, who, idea, twin, merge, board):
        browser = request.getfixturevalue(who)
        assert browser.get(f"/ideas/{idea.pk}/merge/").status_code == 403
        answer = browser.post(f"/merges/{merge.pk}/undo/", {"note": "No."})
        assert answer.status_code == 403
        assert "Undo this merge" not in read(browser.get(f"/ideas/{idea.pk}/"))
