from datetime import timedelta

import pytest
from django.utils import timezone

from community import services
from community.errors import Refused
from community.models import AccessToken
from tests.factories.community import secret_of

pytestmark = pytest.mark.django_db


def created(member, **changes):
    facts = {"name": "export", "scopes": ["read"], "days": 30} | changes
    return services.create_token(member=member, **facts)


def test_only_a_digest_is_kept(member):
    token, secret = created(member)
    assert secret.startswith("plenum_")
    assert len(secret) == 47
    assert secret not in str(vars(token))
    assert token.hint == secret[-4:]


def test_a_secret_leads_to_its_member(member):
    found = services.token_of(secret=secret_of(member))
    assert found is not None
    assert found.member == member


@pytest.mark.parametrize("secret", ["", "plenum_", "plenum_x", "other", "plenum_\ud800", "\x00"])
def test_other_words_lead_nowhere(member, secret):
    secret_of(member)
    assert services.token_of(secret=secret) is None


def test_a_revoked_token_is_worthless(member):
    token, secret = created(member)
    services.revoke_token(token=token)
    first = AccessToken.objects.get().revoked_at
    services.revoke_token(token=token)
    assert services.token_of(secret=secret) is None
    assert AccessToken.objects.get().revoked_at == first


def test_an_expired_token_is_worthless(member):
    token, secret = created(member)
    AccessToken.objects.filter(pk=token.pk).update(
        created_at=timezone.now() - timedelta(days=31), expires_at=timezone.now()
    )
    assert services.token_of(secret=secret) is None


def test_the_token_of_an_inactive_member_is_worthless(member):
    secret = secret_of(member)
    type(member).objects.update(is_active=False)
    assert services.token_of(secret=secret) is None


def test_use_is_noted_once_a_day(member, django_assert_num_queries):
    secret = secret_of(member)
    with django_assert_num_queries(2):
        services.token_of(secret=secret)
    with django_assert_num_queries(1):
        services.token_of(secret=secret)
    assert AccessToken.objects.get().last_used_on == timezone.now().date()


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_lasts_a_year_at_most(member, days):
    with pytest.raises(Refused):
        created(member, days=days)


def test_twenty_live_tokens_are_enough(member):
    for _number in range(20):
        token, _secret = created(member)
    with pytest.raises(Refused) as refusal:
        created(member)
    assert refusal.value.code == "too_many_tokens"
    services.revoke_token(token=token)
    created(member)
