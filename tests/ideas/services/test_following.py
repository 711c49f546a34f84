import pytest

from community.models import Muted
from community.services import notifying
from ideas.models import Follow
from ideas.services.following import follow, unfollow
from ideas.topics import topic_of

pytestmark = pytest.mark.django_db


def test_following_is_set_not_toggled(idea, stranger):
    follow(idea=idea, member=stranger)
    follow(idea=idea, member=stranger)
    assert Follow.objects.get().member == stranger
    unfollow(idea=idea, member=stranger)
    unfollow(idea=idea, member=stranger)
    assert not Follow.objects.exists()


def test_who_follows_again_gets_mails_again(idea, stranger):
    """The link in a mail stops mails about one idea; following it asks for them."""
    notifying.mute(member=stranger, topic=topic_of(idea.pk))
    follow(idea=idea, member=stranger)
    assert not Muted.objects.exists()
