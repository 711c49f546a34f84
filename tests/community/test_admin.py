import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from activity.models import EventRecord
from community import services
from community.models import AccessToken, Mail, Member, SiteSettings, Team
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db

MODELS = ["member", "team", "accesstoken", "mail"]


def address(model, page="changelist", *args):
    return reverse(f"admin:community_{model}_{page}", args=args)


@pytest.fixture
def as_admin(visitor, admin_member):
    visitor.force_login(admin_member)
    return visitor


@pytest.mark.parametrize("model", MODELS)
def test_the_lists_open(as_admin, model):
    NotificationFactory()
    assert as_admin.get(address(model)).status_code == 200


def test_a_member_is_made_through_the_front_door(as_admin):
    answers = {
        "email": "new@example.org",
        "display_name": "New",
        "handle": "new",
        "password1": "a-long-enough-pass",
        "password2": "a-long-enough-pass",
        "usable_password": "true",
    }
    response = as_admin.post(address("member", "add"), answers)
    assert response.status_code == 302, response.context["adminform"].errors
    assert EventRecord.objects.filter(kind="community.member_joined").exists()
    assert (
        as_admin.get(address("member", "change", Member.objects.get(handle="new").pk)).status_code
        == 200
    )


def test_nobody_makes_themselves_a_superuser(visitor):
    clerk = MemberFactory(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__endswith="_member"))
    visitor.force_login(clerk)
    page = visitor.get(address("member", "change", clerk.pk))
    fields = page.context["adminform"].form.fields
    assert {"is_superuser", "is_staff", "groups"}.isdisjoint(fields)
    assert "trust_level" not in fields


def test_members_are_not_deleted(as_admin, member):
    assert as_admin.get(address("member", "delete", member.pk)).status_code == 403


def test_a_team_has_its_members(as_admin, team_member):
    team = Team.objects.get()
    assert "Charging" in as_admin.get(address("team", "change", team.pk)).content.decode()


def test_the_settings_are_one_page(as_admin):
    response = as_admin.get(address("sitesettings"), follow=True)
    assert response.redirect_chain[-1][0] == address("sitesettings", "change", 1)
    form = response.context["adminform"].form
    answers = {name: form[name].value() for name in form.fields} | {"name": "Heimstrom"}
    as_admin.post(address("sitesettings", "change", 1), answers)
    assert SiteSettings.objects.get().name == "Heimstrom"


def test_tokens_are_revoked_and_mails_sent_again(as_admin, member):
    services.create_token(member=member, name="x", scopes=["read"], days=1)
    mail = Mail.objects.create(notification=NotificationFactory(), attempts=6)
    for model, action in (("accesstoken", "revoke"), ("mail", "send_again")):
        ids = (AccessToken if model == "accesstoken" else Mail).objects.values_list("pk", flat=True)
        as_admin.post(address(model), {"action": action, "_selected_action": list(ids)})
    assert not AccessToken.objects.live().exists()
    mail.refresh_from_db()
    assert mail.attempts == 0
