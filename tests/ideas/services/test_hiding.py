import pytest

from ideas.models import Idea
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.tallies import drifts
from tests.factories.ideas import said_on, supported

pytestmark = pytest.mark.django_db


def test_a_hidden_idea_leaves_the_lists_with_all_it_has(idea):
    supported(idea, 2)
    said_on(idea)
    set_idea_hidden(idea=idea, hidden=True)
    assert not Idea.objects.listed().exists()
    set_idea_hidden(idea=idea, hidden=False)
    (shown,) = Idea.objects.listed().for_cards(None)
    assert (shown.tally.supports, shown.tally.comments) == (2, 1)


def test_hiding_twice_keeps_the_first_moment(idea):
    set_idea_hidden(idea=idea, hidden=True)
    since = Idea.objects.get().hidden_at
    set_idea_hidden(idea=idea, hidden=True)
    assert Idea.objects.get().hidden_at == since


def test_a_hidden_comment_is_not_counted_and_comes_back(idea):
    said = said_on(idea)
    for hidden, count in [(True, 0), (True, 0), (False, 1), (False, 1)]:
        set_comment_hidden(comment=said, hidden=hidden)
        idea.tally.refresh_from_db()
        assert idea.tally.comments == count
    assert drifts() == []
