"""Versions of the rules, one after the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.errors import Refused
from reputation.models import RuleBook
from reputation.services import publish_rules

pytestmark = pytest.mark.django_db


def publish(by, days=7, **changed):
    rules = {"points": {"supported": 8, "spam": -50, "helpful": 0}, "daily_cap": 80, "why": "Less."}
    return publish_rules(by=by, holds_from=timezone.now() + timedelta(days=days), **rules | changed)


def test_a_new_version(admin_member):
    book = publish(admin_member)
    assert (book.version, book.made_by, book.daily_cap) == (2, admin_member, 80)
    points = dict(book.rules.values_list("kind", "points"))
    assert points == {"supported": 8, "spam": -50}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"why": " "}, "missing_reason"),
        ({"days": 0}, "too_early"),
        ({"days": -3}, "too_early"),
        ({"days": 6}, "out_of_order"),
    ],
)
def test_what_is_refused(admin_member, changed, code):
    publish(admin_member)
    with pytest.raises(Refused) as refusal:
        publish(admin_member, **changed)
    assert refusal.value.code == code
    assert RuleBook.objects.count() == 2
