"""Comments two deep, their edits, helpful marks and settled points."""

import pytest

from activity.models import EventRecord
from community.errors import Refused
from community.wilson import lower_bound
from ideas.models import Comment, CommentRevision, Follow, HelpfulMark
from ideas.services import discussing
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory, idea_in, said_on

pytestmark = pytest.mark.django_db


def refusal(deed, **about):
    with pytest.raises(Refused) as refused:
        deed(**about)
    return refused.value.code


def fact(kind):
    return EventRecord.objects.get(kind=f"ideas.{kind}").payload


class TestCommenting:
    def test_a_comment_is_rendered_counted_and_recorded(self, idea, stranger):
        said = said_on(idea, "**Yes**", by=stranger)
        assert said.body_html == "<p><strong>Yes</strong></p>\n"
        idea.tally.refresh_from_db()
        assert idea.tally.comments == 1
        assert fact("comment_posted") == {
            "idea_id": idea.pk,
            "comment_id": said.pk,
            "parent_id": None,
            "author_id": stranger.pk,
            "comment_kind": "comment",
            "official": False,
            "mentioned": [],
        }

    def test_who_comments_follows(self, idea, stranger):
        said_on(idea, by=stranger)
        said_on(idea, by=stranger)
        assert Follow.objects.get().member == stranger

    def test_a_team_reply_is_official(self, idea, team_member, team):
        assert said_on(idea, by=team_member).team == team
        assert fact("comment_posted")["official"]

    def test_another_teams_reply_is_not(self, idea, other_team_member):
        assert said_on(idea, by=other_team_member).team is None

    @pytest.mark.parametrize("kind", ["comment", "question", "concern", "builds_on"])
    def test_kinds(self, idea, kind):
        assert said_on(idea, kind=kind).kind == kind

    def test_a_reply(self, idea):
        first = said_on(idea, kind="question")
        reply = said_on(idea, parent=first)
        assert (reply.parent, reply.kind) == (first, "comment")

    def test_a_reply_to_a_reply_joins_its_thread(self, idea):
        first = said_on(idea)
        reply = said_on(idea, parent=said_on(idea, parent=first))
        assert reply.parent == first

    def test_a_reply_is_plain_whatever_was_chosen(self, idea):
        assert said_on(idea, parent=said_on(idea), kind="concern").kind == "comment"

    def test_mentions_are_found(self, idea, stranger, supporter):
        MemberFactory(handle="gone", is_active=False)
        said_on(idea, "@tom and @Sven, not `@mara`, @gone or @nobody")
        assert fact("comment_posted")["mentioned"] == sorted([stranger.pk, supporter.pk])

    def test_a_draft_is_not_discussed(self, stranger):
        draft = DraftFactory()
        deed = {"idea": draft, "by": draft.author, "body": "Hm."}
        assert refusal(discussing.comment, **deed) == "comments_closed"

    def test_a_hidden_idea_is_not_discussed(self, idea, stranger):
        set_idea_hidden(idea=idea, hidden=True)
        idea.refresh_from_db()
        deed = {"idea": idea, "by": stranger, "body": "Hm."}
        assert refusal(discussing.comment, **deed) == "comments_closed"

    def test_not_before_the_address_is_confirmed(self, idea, newcomer):
        deed = {"idea": idea, "by": newcomer, "body": "Hm."}
        assert refusal(discussing.comment, **deed) == "address_unconfirmed"

    @pytest.mark.parametrize("status", ["shipped", "declined"])
    def test_decided_ideas_are_still_discussed(self, status):
        assert said_on(idea_in(status)).pk


class TestEditing:
    @pytest.fixture
    def said(self, idea, stranger):
        return said_on(idea, "Good.", by=stranger)

    def test_what_it_said_before_stays_readable(self, said, stranger):
        discussing.edit_comment(comment=said, by=stranger, version=1, body="*Better.*")
        now = Comment.objects.get()
        assert (now.body, now.version) == ("*Better.*", 2)
        assert now.body_html == "<p><em>Better.</em></p>\n"
        assert now.edited_at
        before = CommentRevision.objects.get()
        assert (before.number, before.body) == (1, "Good.")

    def test_the_same_words_are_no_edit(self, said, stranger):
        discussing.edit_comment(comment=said, by=stranger, version=1, body="Good.")
        assert not CommentRevision.objects.exists()
        assert Comment.objects.get().edited_at is None

    def test_a_stale_edit(self, said, stranger):
        edit = {"comment": said, "by": stranger, "version": 1}
        discussing.edit_comment(**edit, body="Better.")
        assert refusal(discussing.edit_comment, **edit, body="Best.") == "stale"

    def test_only_ones_own(self, said, author, team_member):
        for other in (author, team_member):
            edit = {"comment": said, "by": other, "version": 1, "body": "Bad."}
            assert refusal(discussing.edit_comment, **edit) == "not_yours"

    def test_not_what_is_hidden(self, said, stranger):
        set_comment_hidden(comment=said, hidden=True)
        edit = {"comment": said, "by": stranger, "version": 1, "body": "Bad."}
        assert refusal(discussing.edit_comment, **edit) == "hidden"


class TestHelpful:
    @pytest.fixture
    def said(self, idea):
        return said_on(idea)

    def counts(self, said):
        said.refresh_from_db()
        return said.helpful, said.unhelpful

    def test_marks_are_set_changed_and_taken_back(self, said, stranger):
        for mark, counts in [(True, (1, 0)), (True, (1, 0)), (False, (0, 1)), (None, (0, 0))]:
            discussing.mark_helpful(comment=said, by=stranger, helpful=mark)
            assert self.counts(said) == counts
        assert not HelpfulMark.objects.exists()

    def test_the_score_is_the_lower_bound(self, said):
        for helpful in (True, True, False):
            discussing.mark_helpful(comment=said, by=MemberFactory(), helpful=helpful)
        said.refresh_from_db()
        assert said.helpful_score == pytest.approx(lower_bound(2, 1))

    def test_being_found_helpful_is_a_fact_once(self, said, stranger):
        for mark in (True, True, False):
            discussing.mark_helpful(comment=said, by=stranger, helpful=mark)
        assert fact("comment_found_helpful") == {
            "comment_id": said.pk,
            "author_id": said.author_id,
            "member_id": stranger.pk,
        }

    def test_ones_own_comment(self, said):
        deed = {"comment": said, "by": said.author, "helpful": True}
        assert refusal(discussing.mark_helpful, **deed) == "own_comment"

    def test_comments_stand_in_the_order_of_their_score(self, idea, said):
        better = said_on(idea)
        discussing.mark_helpful(comment=better, by=MemberFactory(), helpful=True)
        worse = said_on(idea)
        discussing.mark_helpful(comment=worse, by=MemberFactory(), helpful=False)
        assert list(idea.comments.for_thread(None)) == [better, said, worse]


class TestResolving:
    @pytest.fixture
    def asked(self, idea, stranger):
        return said_on(idea, "How much?", by=stranger, kind="question")

    @pytest.mark.parametrize("who", ["stranger", "author", "team_member"])
    def test_the_one_who_asked_the_author_and_the_team_settle_it(self, asked, who, request):
        by = request.getfixturevalue(who)
        discussing.resolve(comment=asked, by=by, resolved=True)
        asked.refresh_from_db()
        assert asked.resolved_at
        assert asked.resolved_by == by

    @pytest.mark.parametrize("who", ["supporter", "other_team_member"])
    def test_others_do_not(self, asked, who, request):
        by = request.getfixturevalue(who)
        assert refusal(discussing.resolve, comment=asked, by=by, resolved=True) == "not_yours"

    def test_it_is_taken_up_again(self, asked, stranger):
        for resolved in (True, True, False):
            discussing.resolve(comment=asked, by=stranger, resolved=resolved)
        asked.refresh_from_db()
        assert (asked.resolved_at, asked.resolved_by) == (None, None)
        assert fact("point_resolved")["comment_id"] == asked.pk

    @pytest.mark.parametrize("kind", ["comment", "builds_on"])
    def test_there_is_nothing_to_settle_in_other_kinds(self, idea, stranger, kind):
        said = said_on(idea, by=stranger, kind=kind)
        deed = {"comment": said, "by": stranger, "resolved": True}
        assert refusal(discussing.resolve, **deed) == "nothing_to_resolve"

    def test_open_points_are_unresolved_and_shown(self, idea, asked, stranger):
        settled = said_on(idea, kind="concern", by=stranger)
        discussing.resolve(comment=settled, by=stranger, resolved=True)
        hidden = said_on(idea, kind="concern")
        set_comment_hidden(comment=hidden, hidden=True)
        said_on(idea)
        assert list(idea.comments.open_points()) == [asked]
