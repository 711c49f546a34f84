import pytest

from community import services
from community.models import SiteSettings

pytestmark = pytest.mark.django_db


def test_the_settings_are_made_on_first_sight_and_then_remembered(django_assert_num_queries):
    assert SiteSettings.objects.current().name == "Plenum"
    with django_assert_num_queries(0):
        SiteSettings.objects.current()


def test_a_change_is_seen_at_once(django_capture_on_commit_callbacks):
    site = SiteSettings.objects.current()
    site.name = "Heimstrom"
    with django_capture_on_commit_callbacks(execute=True):
        services.save_site(site=site)
    assert SiteSettings.objects.current().name == "Heimstrom"
