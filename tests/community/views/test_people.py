import pytest
from django.urls import reverse

from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def test_everybody_sees_a_profile(visitor, team_member):
    response = visitor.get(team_member.get_absolute_url())
    assert response.context["member"] == team_member
    assert "Anouk de Vries" in response.content.decode()
    assert team_member.email not in response.content.decode()
    assert visitor.cookies == {}


def test_a_handle_has_one_address(visitor, member):
    response = visitor.get("/people/MARA/")
    assert (response.status_code, response.headers["Location"]) == (301, "/people/mara/")


def test_who_left_has_no_profile(visitor):
    gone = MemberFactory(is_active=False)
    assert visitor.get(gone.get_absolute_url()).status_code == 404


def test_a_name_is_shown_as_text(visitor):
    nasty = MemberFactory(display_name="<script>alert(1)</script>")
    page = visitor.get(nasty.get_absolute_url()).content.decode()
    assert "<script>alert" not in page


def test_the_drawn_picture_is_kept_by_browsers(visitor, member, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = visitor.get(reverse("community:avatar", args=[member.handle]))
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "max-age=86400" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert visitor.cookies == {}
    assert visitor.get("/people/nobody/avatar.svg").status_code == 404


def test_a_profile_costs_a_fixed_number_of_statements(
    visitor, team_member, django_assert_num_queries
):
    visitor.get(team_member.get_absolute_url())
    with django_assert_num_queries(2):
        visitor.get(team_member.get_absolute_url())
