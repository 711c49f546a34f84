"""Members for people whom an import names and who have no account here."""

import hashlib
import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from community import handles
from community.models import Member
from community.models.member import HANDLE, PLACEHOLDERS

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@transaction.atomic
def find_or_make(*, names: Iterable[str]) -> dict[str, Member]:
    """The member behind each name: by handle, e-mail address or display name; else a new one.

    A new one is inactive, has no password and an address that no mail reaches. Of several members
    with the same display name, the one that an import made is meant.
    """
    wanted = set(names)
    found = _known(wanted)
    for name in sorted(wanted - found.keys()):
        # Asked again, because "Ana" and "ana" may both be wanted.
        found[name] = _known({name}).get(name) or _make(name)
    return found


def _known(names: set[str]) -> dict[str, Member]:
    return _by_display_name(names) | _by_address(names) | _by_handle(names)


def _by_handle(names: set[str]) -> dict[str, Member]:
    asked = {name: name.removeprefix("@").lower() for name in names}
    asked = {name: handle for name, handle in asked.items() if re.fullmatch(HANDLE, handle)}
    members = {m.handle.lower(): m for m in Member.objects.with_handles(asked.values())}
    return {name: members[handle] for name, handle in asked.items() if handle in members}


def _by_address(names: set[str]) -> dict[str, Member]:
    asked = {name: name.lower() for name in names if _ADDRESS.fullmatch(name)}
    addresses = {*asked.values(), *map(_placeholder_address, asked.values())}
    rows = Member.objects.alias(address=Lower("email")).filter(address__in=addresses)
    members = {m.email.lower(): m for m in rows} if asked else {}
    found = {
        name: members.get(address) or members.get(_placeholder_address(address))
        for name, address in asked.items()
    }
    return {name: member for name, member in found.items() if member}


def _by_display_name(names: set[str]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    twice: set[str] = set()
    made = Q(email__endswith=PLACEHOLDERS)
    for member in Member.objects.filter(made, display_name__in=names):
        found.setdefault(member.display_name, member)
    for member in Member.objects.exclude(made).filter(display_name__in=names - found.keys()):
        if found.setdefault(member.display_name, member) != member:
            twice.add(member.display_name)
    return {name: member for name, member in found.items() if name not in twice}


def _placeholder_address(source: str) -> str:
    """For those known by an address: theirs stays out of our tables."""
    stem = handles.plain(source.partition("@")[0])[:20]
    return f"{stem}-{_digest(source)}{PLACEHOLDERS}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def _make(name: str) -> Member:
    by_address = _ADDRESS.fullmatch(name)
    shown = name.partition("@")[0] if by_address else name.removeprefix("@") or name
    # Names without a Latin letter must not queue for member2, member3, …
    for handle in handles.candidates(shown, f"imported_{_digest(name)}"):
        address = _placeholder_address(name.lower()) if by_address else f"{handle}{PLACEHOLDERS}"
        member = Member(
            email=address, handle=handle, display_name=shown, is_active=False, mails=False
        )
        member.set_unusable_password()
        if not Member.objects.filter(handle=handle).exists() and _insert(member):
            return member
        twin: Member | None = Member.objects.filter(email=address).first()
        if by_address and twin:
            return twin
    raise AssertionError("The candidates have no end.")


def _insert(member: Member) -> bool:
    """False when the handle or the address was taken just now."""
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError:
        return False
    return True
