import pytest

from ideas.services.discussing import comment as say
from moderation.policies import can_lift, can_restrict
from moderation.services import lift, restrict
from tests.factories.ideas import DraftFactory, IdeaFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["author", "stranger", "team_member"])
def test_members_do_not_moderate(request, name, idea, comment, moderator):
    somebody = request.getfixturevalue(name)
    made = restrict(thing=comment, by=moderator, reason="x")
    assert can_restrict(somebody, idea).code == "not_a_moderator"
    assert can_lift(somebody, made).code == "not_a_moderator"


def test_moderators_do(idea, comment, moderator, admin_member):
    assert can_restrict(moderator, idea)
    assert can_restrict(moderator, comment)
    assert can_restrict(admin_member, idea)


def test_who_may_no_longer_use_the_admin_does_not(idea, moderator):
    moderator.is_staff = False
    assert can_restrict(moderator, idea).code == "not_a_moderator"


def test_nobody_moderates_their_own_text(moderator, other_moderator, idea):
    mine = IdeaFactory(author=moderator)
    assert can_restrict(moderator, mine).code == "own_text"
    assert can_restrict(moderator, say(idea=idea, by=moderator, body="x")).code == "own_text"
    made = restrict(thing=mine, by=other_moderator, reason="x")
    assert can_lift(moderator, made).code == "own_text"


def test_a_draft_is_not_moderated(moderator):
    assert can_restrict(moderator, DraftFactory()).code == "draft"


def test_what_is_hidden_is_not_hidden_again(idea, moderator):
    made = restrict(thing=idea, by=moderator, reason="x")
    idea.refresh_from_db()
    assert can_restrict(moderator, idea).code == "already_hidden"
    assert can_lift(moderator, made)
    assert can_lift(moderator, lift(restriction=made, by=moderator, reason="y")).code == (
        "already_shown"
    )
