"""The history of sign-ins, and what is forgotten of it."""

from collections.abc import Collection
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from community import clients
from community.models import Member, SignIn
from community.models.sign_in import KEPT_FOR, SignInWay

BATCH = 5000


@transaction.atomic
def note_sign_in(
    *, member: Member, methods: Collection[str], address: str, user_agent: str
) -> SignIn:
    """Keep that somebody signed in. `methods` are allauth's, such as "password" and "mfa"."""
    return SignIn.objects.create(
        member=member,
        way=way_of(methods),
        block=clients.block(address),
        client=clients.named(user_agent),
    )


def way_of(methods: Collection[str]) -> SignInWay:
    """How somebody came in, from the steps they took."""
    if "socialaccount" in methods:
        return SignInWay.PROVIDER
    if "mfa" in methods:
        return SignInWay.TWO_FACTOR if "password" in methods else SignInWay.PASSKEY
    return SignInWay.PASSWORD if "password" in methods else SignInWay.OTHER


def forget_old() -> int:
    """Remove sign-ins of long ago, sessions that ended, and what is listed of those."""
    engine = import_module(settings.SESSION_ENGINE)
    engine.SessionStore.clear_expired()
    live = Session.objects.filter(expire_date__gt=timezone.now())
    UserSession.objects.exclude(session_key__in=live.values("session_key")).delete()
    removed = 0
    while True:
        old = SignIn.objects.filter(happened_at__lt=timezone.now() - KEPT_FOR)
        ids = list(old.order_by("happened_at").values_list("pk", flat=True)[:BATCH])
        with transaction.atomic():
            SignIn.objects.filter(pk__in=ids).delete()
        removed += len(ids)
        if len(ids) < BATCH:
            return removed
