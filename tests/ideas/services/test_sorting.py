"""Where ideas stand, told to the log when their tags change, and only then."""

import pytest

from activity.models import EventRecord
from ideas.services import retagging, sorting
from ideas.services.writing import revise
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory, IdeaFactory

pytestmark = pytest.mark.django_db


def told():
    facts = EventRecord.objects.filter(kind="ideas.sorted").order_by("pk")
    return [fact.payload["places"] for fact in facts]


def tag_ids(idea):
    return sorted(idea.tags.values_list("pk", flat=True))


def test_board_and_tags_of_each_in_one_event(idea, board):
    idea.tags.add("night", "price")
    other, draft = IdeaFactory(board=board), DraftFactory(board=board)
    sorting.note_places(ideas=[other, draft, idea], by=None)
    assert told() == [[[idea.pk, board.pk, *tag_ids(idea)], [other.pk, board.pk]]]


def test_so_many_in_an_event_and_none_for_nothing(board, monkeypatch):
    monkeypatch.setattr(sorting, "MOST", 2)
    sorting.note_places(ideas=IdeaFactory.create_batch(3, board=board), by=None)
    assert [len(places) for places in told()] == [2, 1]
    sorting.note_places(ideas=[], by=None)
    sorting.note_places(ideas=[DraftFactory(board=board)], by=None)
    assert len(told()) == 2


def test_it_is_news_of_nothing(idea):
    retagging.retag(idea=idea, by=MemberFactory(trust_level=3), add=["night"])
    [fact] = EventRecord.objects.filter(kind="ideas.sorted")
    assert fact.topics == []


def test_words_alone_do_not_sort_an_idea(idea, author):
    idea.tags.add("night")
    revise(idea=idea, by=author, version=1, title="Other", body=idea.body, tags=["night"])
    assert told() == []
    idea.refresh_from_db()
    revise(idea=idea, by=author, version=2, title="Other", body=idea.body, tags=["day"])
    assert told() == [[[idea.pk, idea.board_id, *tag_ids(idea)]]]
