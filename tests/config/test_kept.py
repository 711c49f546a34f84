"""What proves how the site was run: nobody adds to it, changes or deletes it in the admin, not even
a superuser, and the database refuses it to everybody who gets past the admin.

Each table is named once here, with the deed of the admin that adds to it through its service, if
there is one.
"""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory

from community.models import PolicyVersion
from community.services import agree, publish_policy
from community.services.noting import note_look
from ideas.services.supporting import give_support
from moderation.models import Clause
from moderation.services import restrict, sanction
from reputation import services as reputation
from tests.factories.community import MemberFactory, PolicyFactory
from tests.factories.ideas import idea_in
from tests.factories.moderation import rules_in_force
from tests.sql import guard_truncate, refused, sql

pytestmark = pytest.mark.django_db

BY_A_SERVICE = "by a service"
# The table, a column of it, and how it grows in the admin: not at all, or by a service that asks.
KEPT = [
    ("activity.EventRecord", "occurred_at", None),
    ("community.Consent", "given_at", None),
    ("community.PolicyVersion", "text_en", BY_A_SERVICE),
    ("community.PrivateLook", "looked_at", None),
    ("ideas.Decision", "created_at", None),
    ("moderation.Clause", "text_en", None),
    ("moderation.AuditEvent", "happened_at", None),
    ("moderation.Decision", "decided_at", None),
    ("moderation.Restriction", "reason", BY_A_SERVICE),
    ("moderation.Statement", "informed_at", None),
    ("moderation.Sanction", "reason", BY_A_SERVICE),
    ("reputation.Entry", "points", None),
    ("reputation.Rule", "points", None),
    ("reputation.RuleBook", "why", BY_A_SERVICE),
    ("reputation.TrustChange", "reason", BY_A_SERVICE),
]
LABELS = [label for label, _column, _grows in KEPT]


@pytest.fixture
def lived(idea, stranger, supporter, admin_member, deliver):
    """A site on which each of these things happened once."""
    rules = rules_in_force("spam")
    agree(member=supporter, versions=[PolicyVersion.objects.get(pk=rules.pk)], way="asked")
    publish_policy(version=PolicyFactory(kind="terms"))
    note_look(viewer=admin_member, member=stranger, what="account")
    idea_in("planned", board=idea.board)
    give_support(idea=idea, member=supporter)
    deliver()
    clause = Clause.objects.in_force().get()
    restrict(thing=idea, by=admin_member, reason="An advertisement.", clause=clause)
    sanction(member=stranger, by=admin_member, kind="warning", clause=clause, reason="Lamps.")
    reputation.appoint(member=MemberFactory(), by=admin_member, reason="They run the meet-ups.")


def model_of(label):
    return apps.get_model(label)


def row_of(label):
    found = model_of(label)._default_manager.order_by("pk").last()
    assert found is not None, f"Nothing of {label} happened."
    return found


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.usefixtures("lived")
def test_a_superuser_changes_and_deletes_nothing_in_the_admin(label, signed_in, admin_member):
    row, model = row_of(label), model_of(label)
    if model not in admin.site._registry:
        assert label in ("community.Consent", "moderation.Clause", "reputation.Rule")
        return
    request = RequestFactory().get("/admin/")
    request.user = admin_member
    shown = admin.site._registry[model]
    assert not shown.has_change_permission(request, row)
    assert not shown.has_delete_permission(request, row)
    browser = signed_in(admin_member)
    address = f"/admin/{label.lower().replace('.', '/')}"
    before = model._default_manager.filter(pk=row.pk).values().get()
    for way in (f"{row.pk}/change/", f"{row.pk}/delete/"):
        assert browser.post(f"{address}/{way}", {"post": "yes"}).status_code in (403, 404)
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    browser.post(f"{address}/", chosen)
    assert model._default_manager.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize(("label", "column", "grows"), KEPT)
def test_nothing_is_added_in_the_admin_but_by_a_service(label, column, grows, admin_member):
    shown = admin.site._registry.get(model_of(label))
    if shown is None:
        return
    request = RequestFactory().get("/admin/")
    request.user = admin_member
    assert bool(shown.has_add_permission(request)) is (grows == BY_A_SERVICE)


@pytest.mark.parametrize(("label", "column", "grows"), KEPT)
@pytest.mark.usefixtures("lived")
def test_the_database_refuses_it_past_the_admin(label, column, grows):
    row, table = row_of(label), model_of(label)._meta.db_table
    assert row.pk
    same = {"text_en": "'x'", "reason": "'x'", "why": "'x'", "points": "9"}
    value = same.get(column, "now()")
    for statement in (
        f"UPDATE {table} SET {column} = {value}",
        f"DELETE FROM {table}",
    ):
        with refused("Cannot|published|stand|kept"):
            sql(statement)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.usefixtures("lived")
def test_no_table_is_emptied(label):
    guard_truncate()
    with refused("Cannot truncate"):
        sql(f"TRUNCATE {model_of(label)._meta.db_table} CASCADE")
