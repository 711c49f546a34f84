"""Members for people whom an import names and who have no account here."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from community import handles
from community.models import Departure, FormerHandle, Member
from community.models.member import HANDLE, PLACEHOLDERS

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


ATTEMPTS = 5


@transaction.atomic
def find_or_make(*, names: Iterable[str]) -> dict[str, Member]:
    """The member behind each name: by handle, e-mail address or display name; else a new one.

    A new one is inactive, has no password and an address that no mail reaches. Of several members
    with the same display name, the one that an import made is meant.
    """
    wanted = set(names)
    for _attempt in range(ATTEMPTS):
        found = _known(wanted)
        # "Ana" and "ana" ask for the same handle: one of them is made, both are found.
        missing = {_asked(name): name for name in sorted(wanted - found.keys(), reverse=True)}
        if not missing:
            return found
        _insert(_blank_members(missing.values()))
    raise RuntimeError("Others keep taking the handles of these members.")


def _asked(name: str) -> str:
    """What would find the name again once it is made."""
    plain = name.removeprefix("@").lower()
    known = re.fullmatch(HANDLE, plain) or _ADDRESS.fullmatch(name)
    return plain if known else name


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


def _blank_members(names: Iterable[str]) -> list[Member]:
    """Unsaved ones, under handles that are free."""
    blank: dict[str, Member] = {}
    choices = {name: _handles(name) for name in names}
    first = {name: next(choices[name]) for name in choices}
    taken = _taken(list(first.values()))
    for name, handle in first.items():
        while handle in taken or handle in blank or (handle != first[name] and _taken([handle])):
            handle = next(choices[name])  # noqa: PLW2901
        blank[handle] = _blank_member(name, handle)
    return list(blank.values())


def _handles(name: str) -> Iterator[str]:
    # Names without a Latin letter must not queue for member2, member3, …
    return handles.candidates(_shown(name), f"imported_{_digest(name)}")


def _taken(wanted: Collection[str]) -> set[str]:
    """Which of them somebody has or had, or has in their address since they changed it."""
    former = FormerHandle.objects.filter(handle__in=wanted).values_list("handle", flat=True)
    addresses = {f"{handle}{PLACEHOLDERS}": handle for handle in wanted}
    clash = Q(handle__in=addresses.values()) | Q(email__in=addresses)
    rows = Member.objects.filter(clash).values_list("handle", "email")
    held = Departure.objects.filter(handle__in=wanted).values_list("handle", flat=True)
    taken = {name for handle, email in rows for name in (handle, addresses.get(email, handle))}
    return taken.union(former, held)


def _shown(name: str) -> str:
    if _ADDRESS.fullmatch(name):
        return name.partition("@")[0]
    return name.removeprefix("@") or name


def _blank_member(name: str, handle: str) -> Member:
    by_address = _ADDRESS.fullmatch(name)
    member = Member(
        email=_placeholder_address(name.lower()) if by_address else f"{handle}{PLACEHOLDERS}",
        handle=handle,
        display_name=_shown(name),
        is_active=False,
        mails=False,
    )
    member.set_unusable_password()
    return member


def _insert(members: Iterable[Member]) -> None:
    """Who is there already, by handle or by address, is left out; the next round finds out."""
    Member.objects.bulk_create(members, ignore_conflicts=True)
