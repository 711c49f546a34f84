import pytest

from community.policies.teams import team_ids

pytestmark = pytest.mark.django_db


def test_teams_are_asked_once(team_member, team, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert team_ids(team_member) == team_ids(team_member) == {team.pk}
