import pytest

from community.forum import knowledge
from community.services import answers, hiding
from tests.factories.forum import opened, replied
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(space, author, supporter):
    """Sven's answers, the newest first, and a reply of his that nobody accepted."""
    made = []
    for number in range(3):
        topic = opened(space, by=author, title=f"Fuse {number}")
        reply = replied(topic, by=supporter)
        answers.accept(reply=reply, by=author)
        made.insert(0, reply)
    replied(opened(space, by=author, title="Lamp"), by=supporter)
    return made


def test_accepted_answers_newest_first(three, supporter, stranger, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = knowledge.answers_of(supporter).items
        assert [reply.topic.title for reply in found] == ["Fuse 2", "Fuse 1", "Fuse 0"]
        assert found[0].topic.space.name == "Charging"
    first = knowledge.answers_of(supporter, size=1)
    assert first.items == [three[0]]
    assert knowledge.answers_of(supporter, first.next, size=1).items == [three[1]]
    assert knowledge.answers_of(stranger).items == []


def test_a_profile_has_a_tab_of_them(three, supporter, visitor):
    page = read(visitor.get(f"/people/{supporter.handle}/answers/"))
    assert "Fuse 2" in page
    assert "Under the stairs." in page
    assert "Lamp" not in page


def test_what_is_hidden_or_taken_back_is_no_knowledge(three, supporter, author):
    hiding.set_topic_hidden(topic=three[0].topic, hidden=True)
    hiding.set_reply_hidden(reply=three[1], hidden=True)
    answers.unaccept(topic=three[2].topic, by=author)
    assert knowledge.answers_of(supporter).items == []
