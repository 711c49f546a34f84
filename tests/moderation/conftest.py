import pytest
from django.contrib.auth.models import Group

from config import roles
from ideas.services.discussing import comment as say
from moderation import services
from tests.factories.community import MemberFactory
from tests.factories.moderation import nobody_is_asked, rules_in_force


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


@pytest.fixture
def spam(db):
    """A rule that holds."""
    rules = rules_in_force("spam", "harassment")
    nobody_is_asked()
    return rules.clauses.get(key="spam")


@pytest.fixture
def report(spam):
    """Somebody reports something as spam."""

    def by(member, thing, **said):
        return services.flag(thing=thing, by=member, **{"clause": spam} | said)

    return by


@pytest.fixture
def case(report, idea, member):
    """Mara reported Ada's idea."""
    return report(member, idea).case


@pytest.fixture
def decide(spam, moderator):
    """Moira decides; hides as spam unless told otherwise."""

    def about(case, **said):
        usual = {"action": "hide", "clause": spam, "facts": "It sells lamps.", "by": moderator}
        return services.decide(case=case, **usual | said)

    return about


@pytest.fixture
def statement(case, decide):
    """What Ada was told about her idea."""
    return decide(case).statements.get()
