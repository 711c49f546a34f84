import pytest
from django.contrib.auth.models import Group

from config import roles
from ideas.services.discussing import comment as say
from tests.factories.community import MemberFactory


def a_moderator(handle):
    roles.set_up()
    moderator = MemberFactory(handle=handle, is_staff=True)
    moderator.groups.add(Group.objects.get(name=roles.MODERATORS))
    return moderator


@pytest.fixture
def moderator(db):
    return a_moderator("moira")


@pytest.fixture
def other_moderator(db):
    return a_moderator("mia")


@pytest.fixture
def comment(idea, stranger):
    return say(idea=idea, by=stranger, body="Buy my lamps.")
