"""The ledger is looked at; rules are added with a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.services.supporting import give_support
from reputation import tasks
from reputation.forms import RuleBookForm
from reputation.kinds import Kind
from reputation.models import Entry, Ground, RuleBook, Verification
from reputation.services import reverse

pytestmark = pytest.mark.django_db

HOME = "/admin/reputation/"


@pytest.fixture
def adrian(signed_in, admin_member):
    return signed_in(admin_member)


@pytest.fixture
def booked(idea, supporter, deliver):
    give_support(idea=idea, member=supporter)
    deliver()


def test_nobody_touches_the_ledger(booked, adrian, supporter):
    reverse(by=None, reason="Bought.", whose=supporter.pk)
    for model, row in (("entry", Entry), ("ground", Ground)):
        pk = row.objects.get().pk
        assert adrian.get(f"{HOME}{model}/").status_code == 200
        assert adrian.get(f"{HOME}{model}/{pk}/change/").status_code == 200
        assert adrian.post(f"{HOME}{model}/{pk}/change/", {"points": 5}).status_code == 403
        assert adrian.get(f"{HOME}{model}/{pk}/delete/").status_code == 403
        assert adrian.get(f"{HOME}{model}/add/").status_code == 403
    assert "Bought." in adrian.get(f"{HOME}reversal/").content.decode()


def test_what_a_verification_found(booked, adrian, author):
    author.standing = 99
    author.save()
    tasks.verify_ledger()
    assert not Verification.objects.get().is_sound
    page = adrian.get(f"{HOME}verification/").content.decode()
    assert "Standing is the sum of the days" in page


def typed(**changed):
    moment = timezone.now() + timedelta(days=2)
    said = {"holds_from_0": f"{moment:%Y-%m-%d}", "holds_from_1": f"{moment:%H:%M:%S}"}
    return said | {"daily_cap": 80, "why": "Less.", "supported": 8, "spam": -50} | changed


def test_a_new_version_of_the_rules(adrian, admin_member):
    form = adrian.get(f"{HOME}rulebook/add/").content.decode()
    assert 'name="shipped" value="50"' in form
    adrian.post(f"{HOME}rulebook/add/", typed())
    book = RuleBook.objects.get(version=2)
    assert (book.why, book.made_by) == ("Less.", admin_member)
    assert dict(book.rules.values_list("kind", "points")) == {"supported": 8, "spam": -50}
    assert adrian.get(f"{HOME}rulebook/2/change/").status_code == 200
    assert adrian.post(f"{HOME}rulebook/2/change/", typed()).status_code == 403


@pytest.mark.parametrize("changed", [{"why": ""}, {"holds_from_0": "2020-01-01"}])
def test_a_version_that_is_refused(adrian, changed):
    page = adrian.post(f"{HOME}rulebook/add/", typed(**changed))
    assert page.status_code == 200
    assert RuleBook.objects.count() == 1


def test_every_kind_has_a_field():
    assert set(Kind.values) <= set(RuleBookForm.base_fields)
