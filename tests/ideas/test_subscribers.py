"""Who hears of what: followers, supporters, authors, those who were mentioned. Never oneself."""

import pytest

from activity import services as activity
from activity.models import Bookmark, EventRecord
from community.models import Mail, Notification
from community.services import notifying
from ideas.models import Follow
from ideas.services import crediting, merging
from ideas.services.discussing import resolve
from ideas.services.following import follow, unfollow
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.steps import decide
from ideas.services.supporting import give_support, withdraw_support
from ideas.services.writing import post, revise
from ideas.topics import topic_of
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, DraftFactory, IdeaFactory, said_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(board, author):
    return post(draft=DraftFactory(board=board, author=author, title="Charge at night"), by=author)


@pytest.fixture
def told(deliver):
    """Deliver, and say who was told what: {handle: kind}."""

    def now():
        deliver()
        rows = Notification.objects.values_list("member__handle", "kind")
        return dict(rows)

    return now


def declined(idea, by):
    return decide(idea=idea, to="declined", by=by, grounds=GROUNDS)


class TestDecisions:
    def test_author_followers_and_supporters_hear(
        self, idea, team_member, supporter, stranger, newcomer, told
    ):
        give_support(idea=idea, member=supporter)
        give_support(idea=idea, member=newcomer)
        follow(idea=idea, member=stranger)
        declined(idea, team_member)
        assert told() == dict.fromkeys(["ada", "sven", "tom", "newcomer"], "ideas.decided")

    def test_they_read_who_what_and_where(self, idea, team_member, told):
        declined(idea, team_member)
        told()
        note = Notification.objects.get()
        assert note.sentence == "Anouk de Vries decided on “Charge at night”"
        assert (note.excerpt, note.url) == ("We looked into it.", f"/ideas/{idea.pk}/")
        assert note.topic == topic_of(idea.pk)

    def test_an_author_who_unfollowed_hears_of_decisions(self, idea, author, team_member, told):
        unfollow(idea=idea, member=author)
        declined(idea, team_member)
        assert told() == {"ada": "ideas.decided"}

    def test_who_withdrew_does_not(self, idea, team_member, supporter, told):
        give_support(idea=idea, member=supporter)
        withdraw_support(idea=idea, member=supporter)
        declined(idea, team_member)
        assert "sven" not in told()

    def test_who_decided_does_not(self, idea, team_member, told):
        follow(idea=idea, member=team_member)
        give_support(idea=idea, member=team_member)
        declined(idea, team_member)
        assert told() == {"ada": "ideas.decided"}

    def test_a_reopening_names_nobody(self, idea, team_member, told):
        idea.board.reopen_threshold = 1
        idea.board.save()
        declined(idea, team_member)
        give_support(idea=idea, member=MemberFactory())
        told()
        told()
        newest = Notification.objects.filter(member=idea.author).latest("id")
        assert newest.actor is None
        assert newest.sentence == "“Charge at night” moved on"

    def test_a_mail_goes_to_those_who_want_one(self, idea, team_member, supporter, stranger, told):
        supporter.mails = False
        supporter.save()
        for member in (supporter, stranger):
            give_support(idea=idea, member=member)
        notifying.mute(member=idea.author, topic=topic_of(idea.pk))
        declined(idea, team_member)
        told()
        mails = Mail.objects.values_list("notification__member__handle", flat=True)
        assert list(mails) == ["tom"]


class TestComments:
    def test_followers_hear(self, idea, stranger, supporter, told):
        follow(idea=idea, member=supporter)
        said_on(idea, "I want that, too.", by=stranger)
        assert told() == {"ada": "ideas.commented", "sven": "ideas.commented"}
        note = Notification.objects.first()
        assert note.excerpt == "I want that, too."
        assert "#comment-" in note.url

    def test_supporters_who_do_not_follow_are_left_in_peace(self, idea, stranger, supporter, told):
        give_support(idea=idea, member=supporter)
        said_on(idea, by=stranger)
        assert "sven" not in told()

    def test_the_team_answers(self, idea, team_member, told):
        said_on(idea, by=team_member)
        assert told() == {"ada": "ideas.answered"}

    def test_who_was_mentioned_hears_that_and_not_twice(self, idea, stranger, supporter, told):
        follow(idea=idea, member=supporter)
        said_on(idea, "@sven, what do you say? And you, @mara?", by=stranger)
        MemberFactory(handle="mara")
        assert told() == {"ada": "ideas.commented", "sven": "ideas.mentioned"}

    def test_nobody_is_told_of_their_own_words(self, idea, author, told):
        said_on(idea, "Says @ada herself", by=author)
        assert told() == {}

    def test_a_comment_hidden_at_once_is_not_spread(self, idea, stranger, told):
        set_comment_hidden(comment=said_on(idea, by=stranger), hidden=True)
        assert told() == {}

    def test_a_hidden_idea_is_not_spread(self, idea, stranger, told):
        said_on(idea, by=stranger)
        set_idea_hidden(idea=idea, hidden=True)
        assert told() == {}

    def test_who_asked_hears_that_it_is_resolved(self, idea, stranger, team_member, told):
        asked = said_on(idea, by=stranger, kind="question")
        told()
        Notification.objects.all().delete()
        resolve(comment=asked, by=team_member, resolved=True)
        assert told() == {"tom": "ideas.resolved"}


class TestRewriting:
    def rewrite(self, idea, body):
        revise(
            idea=idea, by=idea.author, version=idea.version, title=idea.title, body=body, tags=()
        )

    def test_supporters_keep_or_withdraw(self, idea, supporter, stranger, told):
        give_support(idea=idea, member=supporter)
        follow(idea=idea, member=stranger)
        self.rewrite(idea, "A lamp in every garage, and nothing about charging any more.")
        assert told() == {"sven": "ideas.revised"}
        note = Notification.objects.get()
        assert "keep your support or withdraw it" in note.sentence
        assert note.url == f"/ideas/{idea.pk}/history/"

    def test_a_small_edit_bothers_nobody(self, idea, supporter, told):
        give_support(idea=idea, member=supporter)
        self.rewrite(idea, idea.body.replace("dark", "darker"))
        assert told() == {}


def test_a_replayed_log_tells_nobody_twice(idea, stranger, team_member, supporter, told):
    """And brings no second mail, no second step, no other clock."""
    give_support(idea=idea, member=supporter)
    said_on(idea, "Yes, @sven", by=stranger)
    declined(idea, team_member)
    told()
    before = list(Notification.objects.order_by("id").values_list("id", "kind"))
    mails = Mail.objects.count()
    for name in Bookmark.objects.filter(pk__startswith="ideas.").values_list("pk", flat=True):
        activity.replay_from(subscriber=name, event_id=EventRecord.objects.earliest("id").pk)
    told()
    assert list(Notification.objects.order_by("id").values_list("id", "kind")) == before
    assert Mail.objects.count() == mails


class TestMerges:
    @pytest.fixture
    def twin(self, board, stranger):
        return IdeaFactory(board=board, author=stranger, title="Load the car while asleep")

    @pytest.fixture
    def put(self, team_member):
        def under(duplicate, survivor):
            return merging.merge(
                duplicate=duplicate, survivor=survivor, by=team_member, note="The same."
            )

        return under

    def told(self, kind):
        return set(
            Notification.objects.filter(kind=f"ideas.{kind}").values_list(
                "member__handle", flat=True
            )
        )

    def test_the_author_is_asked_and_supporters_are_told(
        self, idea, twin, put, supporter, deliver, stranger
    ):
        give_support(idea=twin, member=supporter)
        Follow.objects.create(idea=twin, member=stranger)
        merge = put(twin, idea)
        deliver()
        assert self.told("merged_yours") == {"tom"}
        assert self.told("merged") == {"sven"}
        assert set(Notification.objects.values_list("url", flat=True)) == {merge.get_absolute_url()}

    def test_undoing_is_told_to_the_same(self, idea, twin, put, supporter, team_member, deliver):
        give_support(idea=twin, member=supporter)
        merging.unmerge(merge=put(twin, idea), by=team_member, note="They differ.")
        deliver()
        assert self.told("unmerged") == {"tom", "sven"}

    def test_an_objection_is_told_to_the_team_and_the_reply_to_the_author(
        self, idea, twin, put, stranger, team_member, colleague, deliver
    ):
        merge = put(twin, idea)
        merging.object_to(merge=merge, by=stranger, objection="Mine is another one.")
        merging.reply_to_objection(merge=merge, by=team_member, reply="Both need the tariff.")
        deliver()
        assert self.told("objected") == {"anouk", "ben"}
        assert self.told("objection_answered") == {"tom"}

    def test_a_decision_reaches_those_behind_merged_ideas(
        self, idea, twin, put, supporter, team_member, deliver
    ):
        give_support(idea=twin, member=supporter)
        put(twin, idea)
        decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS)
        deliver()
        assert self.told("decided") == {"ada", "tom", "sven"}

    def test_what_was_used_is_told_to_whoever_said_it(self, idea, supporter, team_member, deliver):
        said = said_on(idea, by=supporter, kind="concern")
        crediting.credit_comment(comment=said, by=team_member)
        deliver()
        assert self.told("credited") == {"sven"}
