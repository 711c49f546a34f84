"""Where ideas stand, as the log says."""

import pytest
from taggit.models import Tag

from activity.services import record, replay_from
from community.privacy import Leaving
from ideas.events import CommentPosted, DecisionMade, IdeaOpened, IdeasSorted
from ideas.services import leaving, retagging, reviewing, writing
from ideas.services.bulk import tag_all
from ideas.services.discussing import comment
from reputation.models import Place, Remark
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory
from tests.factories.reputation import anybody

pytestmark = pytest.mark.django_db


def place_of(idea):
    """The board, and the names of the tags."""
    place = Place.objects.get(pk=idea.pk)
    tags = Tag.objects.filter(pk__in=place.tag_ids)
    return place.board_id, set(tags.values_list("name", flat=True))


def opened(number, board=1, tags=()):
    return IdeaOpened(idea_id=number, board_id=board, author_id=anybody().pk, tag_ids=list(tags))


def decided(number, board, tags=()):
    return DecisionMade(
        idea_id=number, decision_id=1, author_id=anybody().pk, source="open", target="planned",
        board_id=board, tag_ids=list(tags),
    )  # fmt: skip


def places():
    return list(Place.objects.order_by("pk").values_list("idea_id", "board_id", "tag_ids"))


def test_the_newest_event_says_where_an_idea_stands(deliver):
    facts = [
        opened(1, 7, [70]), opened(2, 7), IdeasSorted(places=[[1, 8, 71, 72], [3, 9]]),
        decided(2, 9, [73]), decided(1, 0),
    ]  # fmt: skip
    for fact in facts:
        record(fact, actor=None)
    # Of decisions that are nowhere else nobody can be told.
    deliver(parks=2)
    # A decision from before they told it moves nothing.
    assert places() == [(1, 8, [71, 72]), (2, 9, [73]), (3, 9, [])]


def test_what_comes_late_or_again_undoes_nothing(deliver):
    record(opened(1, 7), actor=None)
    record(IdeasSorted(places=[[1, 8]]), actor=None)
    deliver()
    replay_from(subscriber="reputation.keep_places", event_id=0)
    deliver()
    assert places() == [(1, 8, [])]


def test_one_event_after_the_other_comes_to_the_same(deliver):
    for fact in (opened(1, 7), IdeasSorted(places=[[1, 8, 70]]), IdeasSorted(places=[[1, 8]])):
        record(fact, actor=None)
        deliver()
    assert places() == [(1, 8, [])]


def test_comments_are_on_their_idea(idea, member, deliver):
    said = comment(idea=idea, by=member, body="Good.")
    fact = CommentPosted(idea_id=5, comment_id=6, parent_id=None, author_id=1,
                         comment_kind="comment", official=False)  # fmt: skip
    record(fact, actor=None)
    deliver()
    assert set(Remark.objects.values_list("comment_id", "idea_id")) == {(said.pk, idea.pk), (6, 5)}


def test_a_posted_idea_has_its_place(board, member, deliver):
    draft = DraftFactory(board=board, author=member)
    draft.tags.add("night")
    idea = writing.post(draft=draft, by=member)
    deliver()
    assert place_of(idea) == (board.pk, {"night"})


def test_its_author_sorts_it_anew(idea, author, deliver):
    writing.revise(idea=idea, by=author, version=1, title=idea.title, body=idea.body, tags=["new"])
    deliver()
    assert place_of(idea) == (idea.board_id, {"new"})


def test_trusted_members_the_team_and_many_at_once_sort_it_anew(idea, team_member, deliver):
    trusted = MemberFactory(trust_level=3)
    retagging.retag(idea=idea, by=trusted, add=["night"])
    deliver()
    assert place_of(idea)[1] == {"night"}
    reviewing.tag(idea=idea, by=team_member, add=["price"], remove=["night"])
    deliver()
    assert place_of(idea)[1] == {"price"}
    tag_all(ideas=[idea.pk], by=team_member, add=["roof"])
    deliver()
    assert place_of(idea)[1] == {"price", "roof"}


def test_words_that_are_removed_take_their_tags_along(idea, author, member, deliver):
    idea.tags.add("night")
    comment(idea=idea, by=member, body="Good.")
    leaving.remove_ideas(Leaving(member_id=author.pk, email=author.email, removes=True))
    deliver()
    assert place_of(idea) == (idea.board_id, set())
