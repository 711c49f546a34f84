"""How many a decision will tell: exactly those whom it tells then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Mail, Notification
from community.services import mute, want_mails
from ideas.models import Support
from ideas.reach import reach_of
from ideas.services.following import follow
from ideas.services.merging import merge
from ideas.services.steps import decide
from ideas.services.supporting import give_support, withdraw_support
from ideas.topics import topic_of
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, IdeaFactory, supported

pytestmark = pytest.mark.django_db


def test_each_is_counted_once(idea, team_member, supporter, stranger):
    give_support(idea=idea, member=supporter)
    follow(idea=idea, member=supporter)
    follow(idea=idea, member=stranger)
    follow(idea=idea, member=idea.author)
    reach = reach_of(idea, by=team_member.pk)
    assert (reach.people, reach.by_mail, reach.by_page_only) == (3, 3, 0)


def test_it_is_who_is_told(idea, team_member, newcomer, deliver):
    muted, silent, gone, back, german = supported(idea, 5)
    mute(member=muted, topic=topic_of(idea.pk))
    want_mails(member=silent, wanted=False)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    withdraw_support(idea=idea, member=back)
    type(german).objects.filter(pk=german.pk).update(language="de")
    give_support(idea=idea, member=newcomer)
    follow(idea=idea, member=team_member)
    expected = reach_of(idea, by=team_member.pk)
    decide(idea=idea, to="declined", by=team_member, grounds=GROUNDS)
    deliver()
    told = Notification.objects.filter(kind="ideas.decided")
    assert told.count() == expected.people == 5
    assert Mail.objects.filter(notification__in=told).count() == expected.by_mail == 2
    assert expected.languages == ("de", "en")


def test_whoever_came_with_a_merged_idea_is_told_too_and_once(
    idea, team_member, supporter, stranger, deliver
):
    twin = IdeaFactory(board=idea.board, title="Charge by night")
    give_support(idea=idea, member=supporter)
    give_support(idea=twin, member=supporter)
    give_support(idea=twin, member=idea.author)
    follow(idea=twin, member=stranger)
    supported(twin, 2)
    merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
    deliver()
    expected = reach_of(idea, by=team_member.pk)
    # Both authors, Sven, Tom, and the two of the twin.
    assert expected.people == 6
    decide(idea=idea, to="declined", by=team_member, grounds=GROUNDS)
    deliver()
    told = Notification.objects.filter(kind="ideas.decided")
    assert told.count() == expected.people
    assert Mail.objects.filter(notification__in=told).count() == expected.by_mail


def test_who_waits_longest(idea, team_member):
    early, _late = supported(idea, 2)
    long_ago = timezone.now() - timedelta(days=200)
    Support.objects.filter(member=early).update(created_at=long_ago)
    reach = reach_of(idea, by=team_member.pk)
    assert (reach.long, reach.since) == (1, long_ago)


def test_nobody_but_the_one_who_decides(idea, author):
    reach = reach_of(idea, by=author.pk)
    assert (reach.people, reach.by_mail, reach.since, reach.languages) == (0, 0, None, ())


@pytest.mark.parametrize("rows", [1, 30])
def test_it_is_one_statement(idea, rows, django_assert_num_queries):
    supported(idea, rows)
    follow(idea=idea, member=MemberFactory())
    with django_assert_num_queries(1):
        assert reach_of(idea, by=0).people == rows + 2
