"""Access tokens for programs."""

import hashlib
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from community.errors import Refused
from community.models import AccessToken, Member

PREFIX = "plenum_"
LENGTH = 40
MOST_DAYS = 365
MOST_LIVE = 20


@transaction.atomic
def create_token(
    *, member: Member, name: str, scopes: Collection[str], days: int
) -> tuple[AccessToken, str]:
    """A token and its secret, which nobody will see again. Raises Refused."""
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("A token lasts 1 to 365 days."), code="token_days")
    Member.objects.select_for_update().get(pk=member.pk)
    if AccessToken.objects.live().filter(member=member).count() >= MOST_LIVE:
        raise Refused(_("You have 20 tokens. Revoke one first."), code="too_many_tokens")
    secret = PREFIX + get_random_string(LENGTH)
    token = AccessToken.objects.create(
        member=member,
        name=name,
        digest=_digest(secret),
        hint=secret[-4:],
        scopes=sorted(set(scopes)),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: AccessToken) -> None:
    """Make it worthless from now on. Revoking twice keeps the first time."""
    AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def token_of(*, secret: str) -> AccessToken | None:
    """The live token of an active member, noted as used today."""
    if not secret.startswith(PREFIX):
        return None
    token = (
        AccessToken.objects.live()
        .filter(digest=_digest(secret), member__is_active=True)
        .select_related("member")
        .first()
    )
    if token is not None:
        _touch(token)
    return token


def _touch(token: AccessToken) -> None:
    """Once a day at most: a program's reading must not become writing."""
    today = timezone.now().date()
    if token.last_used_on != today:
        stale = Q(last_used_on=None) | Q(last_used_on__lt=today)
        AccessToken.objects.filter(stale, pk=token.pk).update(last_used_on=today)


def _digest(secret: str) -> str:
    # The secret has 238 random bits: a slow hash would guard nothing more.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
