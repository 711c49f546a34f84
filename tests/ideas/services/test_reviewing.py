"""What a team does among itself: who may, who was quicker, and what is kept of it."""

import pytest

from community.errors import Refused
from ideas.models import IdeaTally, Note, Presence, Review, SavedView, TeamDeed
from ideas.services import reviewing
from ideas.services.reviewing import Scores
from tests.factories.community import TeamMembershipFactory
from tests.factories.ideas import DraftFactory, IdeaFactory

pytestmark = pytest.mark.django_db

SCORES = Scores(impact=4, effort=2, confidence=3, fit=5)


def refused(code, deed, **facts):
    with pytest.raises(Refused) as caught:
        deed(**facts)
    assert caught.value.code == code
    return caught.value.reason


def kinds(idea):
    return list(TeamDeed.objects.filter(idea=idea).order_by("id").values_list("kind", flat=True))


def score(idea, by, version=0, scores=SCORES):
    return reviewing.score(idea=idea, by=by, version=version, scores=scores)


# --- Scores -----------------------------------------------------------------------------------


def test_scores_make_a_priority_which_the_tally_knows(idea, team_member):
    review = score(idea, team_member)
    assert (review.priority, review.version) == (30.0, 1)
    assert IdeaTally.objects.get(pk=idea.pk).priority == 30.0
    score(idea, team_member, 1, Scores(impact=4))
    assert IdeaTally.objects.get(pk=idea.pk).priority is None
    assert kinds(idea) == ["scored", "scored"]


def test_the_same_scores_again_are_no_deed(idea, team_member):
    score(idea, team_member)
    assert score(idea, team_member, 1).version == 1
    assert kinds(idea) == ["scored"]


def test_who_was_quicker_is_named_and_nothing_is_overwritten(idea, team_member, colleague):
    score(idea, colleague)
    reason = refused(
        "stale", reviewing.score, idea=idea, by=team_member, version=0, scores=Scores()
    )
    assert "Ben Arslan" in reason
    assert Review.objects.get(idea=idea).impact == 4


@pytest.mark.parametrize("who", ["stranger", "author", "other_team_member"])
def test_scores_and_notes_are_for_the_team(idea, who, request):
    by = request.getfixturevalue(who)
    refused("not_your_team", reviewing.score, idea=idea, by=by, version=0, scores=SCORES)
    refused("not_your_team", reviewing.note, idea=idea, by=by, body="Psst.")
    refused("not_your_team", reviewing.tag, idea=idea, by=by, add=["night"])
    refused("not_your_team", reviewing.be_present, idea=idea, member=by)
    refused("not_your_team", reviewing.assign, idea=idea, by=by, version=0, assignee=None)
    refused("not_your_team", reviewing.mark_seen, idea=idea, by=by)


def test_a_draft_is_nobody_s_to_review(board, team_member):
    draft = DraftFactory(board=board)
    refused("not_posted", reviewing.note, idea=draft, by=team_member, body="Psst.")


# --- Assignment -------------------------------------------------------------------------------


def test_an_idea_is_handed_to_a_colleague(idea, team_member, colleague):
    review = reviewing.assign(idea=idea, by=team_member, version=0, assignee=colleague)
    assert (review.assignee, review.team) == (colleague, None)
    assert TeamDeed.objects.get(idea=idea).detail == {"to": colleague.pk, "team": ""}


def test_nobody_of_another_team_is_assigned(idea, team_member, other_team_member):
    refused(
        "not_in_team",
        reviewing.assign,
        idea=idea,
        by=team_member,
        version=0,
        assignee=other_team_member,
    )


def test_another_team_that_is_in_charge_reviews_it_too(idea, team_member, other_team_member):
    heating = other_team_member.teams.get()
    reviewing.assign(idea=idea, by=team_member, version=0, assignee=other_team_member, team=heating)
    reviewing.note(idea=idea, by=other_team_member, body="We take it.")
    reviewing.assign(idea=idea, by=team_member, version=1, assignee=None, team=idea.board.team)
    assert Review.objects.get(idea=idea).team is None
    refused("not_your_team", reviewing.note, idea=idea, by=other_team_member, body="Psst.")


# --- Notes ------------------------------------------------------------------------------------


def test_a_note_is_markdown_and_its_author_can_take_it_back(idea, team_member, colleague):
    note = reviewing.note(idea=idea, by=team_member, body="**Ask** Marek.")
    assert "<strong>Ask</strong>" in note.body_html
    refused("not_yours", reviewing.remove_note, note=note, by=colleague)
    reviewing.remove_note(note=note, by=team_member)
    reviewing.remove_note(note=note, by=team_member)
    kept = Note.objects.get(pk=note.pk)
    assert (kept.body, kept.body_html, bool(kept.removed_at)) == ("", "", True)
    assert kinds(idea) == ["noted", "note_removed"]


# --- Tags -------------------------------------------------------------------------------------


def test_two_who_change_tags_do_not_undo_each_other(idea, team_member, colleague):
    idea.tags.set(["old"])
    reviewing.tag(idea=idea, by=team_member, add=["night"])
    reviewing.tag(idea=idea, by=colleague, add=["battery"], remove=["old"])
    assert set(idea.tags.names()) == {"night", "battery"}
    reviewing.tag(idea=idea, by=colleague, add=["night"])
    assert kinds(idea) == ["tagged", "tagged"]


def test_five_tags_are_enough(idea, team_member):
    idea.tags.set("abcde")
    refused("too_many_tags", reviewing.tag, idea=idea, by=team_member, add=["f"])


# --- Looking ----------------------------------------------------------------------------------


def test_an_idea_is_seen_once(idea, team_member, colleague):
    assert reviewing.mark_seen(idea=idea, by=team_member)
    assert not reviewing.mark_seen(idea=idea, by=colleague)
    assert IdeaTally.objects.get(pk=idea.pk).seen_at
    assert kinds(idea) == ["opened"]


def test_presence_is_one_row_for_each(idea, team_member):
    reviewing.be_present(idea=idea, member=team_member)
    reviewing.be_present(idea=idea, member=team_member, deciding=True)
    assert Presence.objects.get(idea=idea).is_deciding


# --- Saved views ------------------------------------------------------------------------------


def test_a_view_is_kept_shared_and_deleted(team_member, colleague, team):
    view = reviewing.save_view(owner=team_member, name="Mine", query="lane=mine")
    reviewing.change_view(view=view, by=team_member, name="Ours", team=team)
    view = SavedView.objects.get()
    assert (view.name, view.team, view.query) == ("Ours", team, "lane=mine")
    refused("not_yours", reviewing.change_view, view=view, by=colleague, name="His", team=None)
    refused("not_yours", reviewing.delete_view, view=view, by=colleague)
    reviewing.delete_view(view=view, by=team_member)
    assert not SavedView.objects.exists()


def test_a_name_is_taken_once(team_member):
    reviewing.save_view(owner=team_member, name="Mine", query="")
    refused("name_taken", reviewing.save_view, owner=team_member, name="Mine", query="lane=top")


def test_views_are_shared_with_a_team_of_one_s_own(team_member, other_team_member, stranger):
    heating = other_team_member.teams.get()
    save = reviewing.save_view
    refused("not_your_team", save, owner=team_member, name="A", query="", team=heating)
    refused("no_team", save, owner=stranger, name="A", query="")


def test_thirty_views_are_enough(team_member):
    SavedView.objects.bulk_create(
        SavedView(owner=team_member, name=str(n), query="") for n in range(30)
    )
    refused("too_many_views", reviewing.save_view, owner=team_member, name="One more", query="")


# --- Who serves -------------------------------------------------------------------------------


def test_members_know_whether_they_serve(stranger, team):
    first = TeamMembershipFactory(member=stranger, team=team)
    second = TeamMembershipFactory(member=stranger)
    for membership, serves in ((None, True), (first, True), (second, False)):
        if membership:
            membership.delete()
        stranger.refresh_from_db()
        assert stranger.serves is serves


def test_an_idea_elsewhere_is_another_team_s(team_member):
    refused("not_your_team", reviewing.note, idea=IdeaFactory(), by=team_member, body="Psst.")
