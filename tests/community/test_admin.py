import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from activity.models import EventRecord
from community import services
from community.models import (
    AccessToken,
    Bounce,
    Digest,
    Mail,
    Member,
    PrivateLook,
    SiteSettings,
    Team,
)
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db

MODELS = ["member", "team", "accesstoken", "mail", "digest", "bounce", "privatelook"]


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


# --- Digests, and addresses that refuse ------------------------------------------------------


@pytest.fixture
def digest(member):
    made = Digest.objects.create(member=member, period="daily", day="2026-03-04")
    Mail.objects.create(digest=made, sent_at=timezone.now())
    return made


@pytest.fixture
def bounce(member):
    Member.objects.filter(pk=member.pk).update(mail_stopped_at=timezone.now())
    facts = {"status": "5.1.1", "is_hard": True, "detail": "No such mailbox."}
    return Bounce.objects.create(member=member, email=member.email, **facts)


@pytest.mark.parametrize("model", ["digest", "bounce"])
def test_digests_and_refusals_are_looked_at_alone(as_admin, request, model):
    thing = request.getfixturevalue(model)
    assert "Mara Lindqvist" in as_admin.get(address(model)).text
    page = as_admin.get(address(model, "change", thing.pk))
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert as_admin.get(address(model, "add")).status_code == 403
    assert as_admin.post(address(model, "change", thing.pk), {}).status_code == 403
    assert as_admin.get(address(model, "delete", thing.pk)).status_code == 403


@pytest.mark.parametrize("model", ["digest", "bounce"])
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_whatever_is_in_them(as_admin, django_assert_num_queries, model, rows):
    for member in MemberFactory.create_batch(rows):
        facts = {"status": "5.1.1", "is_hard": True}
        Bounce.objects.create(member=member, email=member.email, **facts)
        made = Digest.objects.create(member=member, period="daily", day="2026-03-04")
        Mail.objects.create(digest=made)
    as_admin.get(address(model))
    # Session, member, how many, the rows.
    with django_assert_num_queries(4):
        as_admin.get(address(model))


def test_an_address_is_mailed_again_for_a_reason(as_admin, admin_member, bounce):
    page = address("bounce", "change", bounce.pk)
    deed = f"{reverse('admin:community_bounce_changelist')}{bounce.pk}/mail-again/"
    assert deed in as_admin.get(page).text
    assert "No such mailbox." in as_admin.get(deed).text
    as_admin.post(deed, {"reason": " "})
    assert Member.objects.get(pk=bounce.member_id).mail_stopped_at is not None
    as_admin.post(deed, {"reason": "The mailbox was full."})
    assert Member.objects.get(pk=bounce.member_id).mail_stopped_at is None
    resumed = EventRecord.objects.get(kind="community.mail_resumed")
    assert resumed.actor_id == admin_member.pk
    assert resumed.payload == {"member_id": bounce.member_id, "reason": "The mailbox was full."}
    assert deed not in as_admin.get(page).text


def test_only_who_may_mails_it_again(visitor, bounce):
    clerk = MemberFactory(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_bounce"))
    visitor.force_login(clerk)
    deed = f"{address('bounce')}{bounce.pk}/mail-again/"
    assert deed not in visitor.get(address("bounce", "change", bounce.pk)).text
    assert visitor.post(deed, {"reason": "Please."}).status_code == 403
    assert Member.objects.get(pk=bounce.member_id).mail_stopped_at is not None


def looks():
    return list(PrivateLook.objects.order_by("pk").values_list("viewer", "member", "what"))


def test_whose_address_is_seen_is_written_down_each_time(as_admin, admin_member, member):
    page = as_admin.get(address("member", "change", member.pk)).content.decode()
    assert member.email in page
    as_admin.get(address("member", "change", member.pk))
    assert looks() == [(admin_member.pk, member.pk, "account")] * 2


def test_a_list_of_members_shows_nothing_private_and_writes_nothing_down(as_admin, member):
    for query in ("", "?q=mara", f"?q={member.email}"):
        listed = as_admin.get(address("member") + query).content.decode()
        assert "Mara Lindqvist" in listed
        assert f">{member.email}<" not in listed
    assert looks() == []


def test_a_form_with_a_mistake_shows_the_address_again(as_admin, admin_member, member):
    as_admin.post(address("member", "change", member.pk), {"email": "nothing"})
    assert looks() == [(admin_member.pk, member.pk, "account")]


def test_ones_own_page_is_no_look(as_admin, admin_member):
    as_admin.get(address("member", "change", admin_member.pk))
    assert looks() == []


def test_who_need_not_see_addresses_does_not(visitor, member):
    clerk = MemberFactory(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__endswith="_member"))
    visitor.force_login(clerk)
    page = visitor.get(address("member", "change", member.pk)).content.decode()
    assert "Mara Lindqvist" in page
    assert member.email not in page
    assert "last login" not in page.lower()
    found = visitor.get(f"{address('member')}?q={member.email}").content.decode()
    assert "Mara Lindqvist" not in found
    assert looks() == []


def test_an_address_that_refuses_mail_is_seen_by_name_only(as_admin, admin_member, member):
    bounce = Bounce.objects.create(member=member, email=member.email, is_hard=True, status="5.1.1")
    assert member.email not in as_admin.get(address("bounce")).content.decode()
    assert looks() == []
    assert member.email in as_admin.get(address("bounce", "change", bounce.pk)).content.decode()
    assert looks() == [(admin_member.pk, member.pk, "bounce")]


def test_the_looks_are_read_and_nothing_else(as_admin, admin_member, member):
    look = PrivateLook.objects.create(viewer=admin_member, member=member, what="account")
    assert "Mara Lindqvist" in as_admin.get(address("privatelook")).content.decode()
    for page in (address("privatelook", "add"), address("privatelook", "delete", look.pk)):
        assert as_admin.post(page, {"post": "yes"}).status_code == 403
    assert looks() == [(admin_member.pk, member.pk, "account")]


def test_the_list_of_looks_costs_the_same_for_one_and_three(
    as_admin, admin_member, member, stranger, author, django_assert_num_queries
):
    as_admin.get(address("privatelook"))
    PrivateLook.objects.create(viewer=admin_member, member=member, what="account")
    with django_assert_num_queries(4):
        as_admin.get(address("privatelook"))
    PrivateLook.objects.create(viewer=admin_member, member=stranger, what="bounce")
    PrivateLook.objects.create(viewer=admin_member, member=author, what="account")
    with django_assert_num_queries(4):
        as_admin.get(address("privatelook"))
