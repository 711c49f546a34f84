import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import RequestFactory

from config import roles
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).parents[2] / "docs" / "moderation.md"
ROW = re.compile(r"^\| (\w+\.\w+) \| (.+) \|$", re.MULTILINE)
DEEDS = {"v": "view", "a": "add", "c": "change", "d": "delete"}
TABLE = {
    label: dict(zip(roles.ROLES, cells.split(" | "), strict=True))
    for label, cells in ROW.findall(DOCUMENT.read_text())
}


def may(model, member):
    """The letters of what somebody may do with a model in the admin."""
    shown = admin.site._registry[model]
    request = RequestFactory().get("/admin/")
    request.user = member
    done = (c for c, deed in DEEDS.items() if getattr(shown, f"has_{deed}_permission")(request))
    return "".join(done) or "–"


@pytest.fixture
def in_role(db):
    """`in_role("Moderators")` is somebody of that group, and nothing more."""
    roles.set_up()

    def somebody(role):
        member = MemberFactory(is_staff=True)
        member.groups.add(Group.objects.get(name=role))
        return member

    return somebody


@pytest.mark.parametrize("role", roles.ROLES)
def test_each_role_may_do_what_the_table_says_and_no_more(role, in_role):
    somebody = in_role(role)
    allowed = {model._meta.label: may(model, somebody) for model in admin.site._registry}
    assert allowed == {label: cells[role] for label, cells in TABLE.items()}


def test_staff_without_a_role_see_nothing():
    clerk = MemberFactory(is_staff=True)
    assert {may(model, clerk) for model in admin.site._registry} == {"–"}


def test_the_groups_are_made_once(capsys):
    call_command("set_up_roles")
    call_command("set_up_roles")
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)
    assert capsys.readouterr().out.count("set up") == len(roles.ROLES)


def test_what_the_admin_changed_stays_until_it_is_undone():
    roles.set_up()
    group = Group.objects.get(name=roles.MODERATORS)
    group.permissions.clear()
    roles.set_up()
    assert not group.permissions.exists()
    roles.set_up(anew=True)
    assert group.permissions.count() == len(roles.ROLES[roles.MODERATORS])


def test_a_moderator_gets_no_further_than_the_role(member):
    roles.set_up()
    member.is_staff = True
    member.save(update_fields=["is_staff"])
    member.groups.add(Group.objects.get(name=roles.MODERATORS))
    assert member.has_perm("ideas.view_idea")
    assert not member.has_perm("community.change_member")


def test_a_permission_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setitem(roles.ROLES, roles.MODERATORS, ("ideas.fly",))
    with pytest.raises(roles.UnknownPermission, match=r"ideas\.fly"):
        roles.set_up()


def test_community_managers_word_the_templates(member):
    roles.set_up()
    member.is_staff = True
    member.save(update_fields=["is_staff"])
    member.groups.add(Group.objects.get(name=roles.COMMUNITY_MANAGERS))
    assert member.has_perm("ideas.change_decisiontemplate")


def test_templates_are_written_where_they_are_missing(capsys):
    call_command("set_up_templates")
    call_command("set_up_templates")
    assert capsys.readouterr().out == "Templates of decisions: 36 written\n"
