import pytest

from activity.models import EventRecord
from community.errors import Refused
from community.models import Notification
from community.services import hiding
from ideas import policies
from ideas.models import Idea, TopicLink
from ideas.models.topic_link import LinkKind
from ideas.services import linking, writing
from tests.factories.forum import opened
from tests.factories.ideas import DraftFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(space, stranger):
    """Tom's."""
    return opened(
        space, by=stranger, title="Why no lamp?", body="So dark.", language="de", tags=["light"]
    )


class TestTurning:
    def test_the_author_gets_a_draft_with_the_topic_s_words(self, topic, stranger, board, settings):
        settings.SITE_URL = "https://example.org"
        draft = linking.turn_into_idea(topic=topic, by=stranger, board=board)
        assert (draft.author, draft.title, draft.language) == (stranger, "Why no lamp?", "de")
        assert draft.is_draft
        assert draft.body == (
            f"So dark.\n\nZuerst im Forum gesagt: https://example.org/forum/topics/{topic.pk}/"
        )
        assert [tag.name for tag in draft.tags.all()] == ["light"]
        assert TopicLink.objects.get().kind == LinkKind.BECAME
        fact = EventRecord.objects.get(kind="ideas.topic_became_idea")
        assert fact.payload == {
            "topic_id": topic.pk,
            "idea_id": draft.pk,
            "author_id": stranger.pk,
        }

    def test_made_by_the_team_it_is_the_author_s(
        self, topic, team_member, stranger, board, deliver
    ):
        draft = linking.turn_into_idea(topic=topic, by=team_member, board=board)
        deliver()
        told = Notification.objects.get(kind="ideas.offered")
        assert (told.member, told.url) == (stranger, f"/ideas/{draft.pk}/edit/")
        assert told.sentence == (
            "Anouk de Vries made a draft of an idea from your topic “Why no lamp?”: post it, or not"
        )
        assert not policies.can_discard(team_member, draft)
        writing.post(draft=draft, by=stranger)
        assert Idea.objects.visible_to(None).get().author == stranger

    def test_one_s_own_deed_is_no_news(self, topic, stranger, board, deliver):
        linking.turn_into_idea(topic=topic, by=stranger, board=board)
        deliver()
        assert not Notification.objects.exists()

    def test_a_topic_becomes_one_idea(self, topic, stranger, team_member, board):
        linking.turn_into_idea(topic=topic, by=stranger, board=board)
        with pytest.raises(Refused) as refused:
            linking.turn_into_idea(topic=topic, by=team_member, board=board)
        assert refused.value.code == "became_already"

    def test_a_draft_thrown_away_leaves_room(self, topic, stranger, board):
        draft = linking.turn_into_idea(topic=topic, by=stranger, board=board)
        writing.discard_draft(draft=draft, by=stranger)
        assert linking.turn_into_idea(topic=topic, by=stranger, board=board)

    @pytest.mark.parametrize("who", ["author", "newcomer", "other_team_member"])
    def test_nobody_else_does(self, request, topic, board, who):
        with pytest.raises(Refused) as refused:
            linking.turn_into_idea(topic=topic, by=request.getfixturevalue(who), board=board)
        assert refused.value.code == "not_yours"

    def test_an_announcement_stays_one(self, space, team_member, board):
        news = opened(space, "announcement", by=team_member)
        with pytest.raises(Refused) as refused:
            linking.turn_into_idea(topic=news, by=team_member, board=board)
        assert refused.value.code == "announcement"

    def test_what_is_hidden_becomes_nothing(self, topic, stranger, board):
        hiding.set_topic_hidden(topic=topic, hidden=True)
        with pytest.raises(Refused) as refused:
            linking.turn_into_idea(topic=topic, by=stranger, board=board)
        assert refused.value.code == "hidden"


class TestLinking:
    @pytest.mark.parametrize("who", ["author", "stranger", "team_member"])
    def test_authors_and_teams_link_once_and_unlink(self, request, topic, idea, who):
        by = request.getfixturevalue(who)
        for _ in range(2):
            linking.link(topic=topic, idea=idea, by=by)
        assert TopicLink.objects.get().kind == LinkKind.RELATED
        linking.unlink(topic=topic, idea=idea, by=by)
        assert not TopicLink.objects.exists()

    @pytest.mark.parametrize("who", ["supporter", "newcomer", "other_team_member"])
    def test_others_do_not(self, request, topic, idea, who):
        with pytest.raises(Refused) as refused:
            linking.link(topic=topic, idea=idea, by=request.getfixturevalue(who))
        assert refused.value.code == "not_yours"

    def test_where_an_idea_began_stays_visible(self, topic, stranger, board):
        draft = linking.turn_into_idea(topic=topic, by=stranger, board=board)
        posted = writing.post(draft=draft, by=stranger)
        linking.link(topic=topic, idea=posted, by=stranger)
        with pytest.raises(Refused) as refused:
            linking.unlink(topic=topic, idea=posted, by=stranger)
        assert refused.value.code == "became"

    def test_drafts_are_not_linked(self, topic, author):
        with pytest.raises(Refused) as refused:
            linking.link(topic=topic, idea=DraftFactory(author=author), by=author)
        assert refused.value.code == "hidden"
