"""64 voters at once, on one idea and on 10,000, inside a site that nobody has voted on.

Prints votes a second for each turn as JSON. Raises when a tally ends up wrong or a vote fails.
"""

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import django
from django.db import connection

VOTERS = 64
TURNS = 3
# Votes of each voter in each turn.
VOTES = 25


def main() -> None:
    django.setup()
    from ideas.models import Idea  # noqa: PLC0415  # after setup
    from ideas.services import tallies  # noqa: PLC0415

    ideas = list(Idea.objects.filter(tally__listed=True, tally__status="open").order_by("id"))
    # Boards are read once, as a page does before the vote.
    for idea in ideas:
        idea.board  # noqa: B018
    members = _members()
    voters = {member.pk for member in members}
    alone = [idea for idea in ideas if idea.author_id not in voters][: TURNS + 1]
    many = [idea for idea in ideas if idea not in alone]
    rates: dict[str, list[float]] = {"one": [], "many": []}
    numbers = count()
    _turn(members, lambda: many[next(numbers) % len(many)])
    for turn in range(1, TURNS + 1):
        rates["many"].append(_turn(members, lambda: many[next(numbers) % len(many)]))
        rates["one"].append(_turn(members, lambda: alone[turn]))  # noqa: B023
    swept = tallies.sweep()
    drifts = tallies.drifts()
    assert not drifts, drifts[:5]
    supports = [_supports(alone[turn].pk) for turn in range(1, TURNS + 1)]
    assert supports == [VOTERS * VOTES] * TURNS, supports
    json.dump(rates | {"swept": swept}, sys.stdout)


def _members() -> list[Any]:
    """As many as vote in one turn."""
    from community.models import Member  # noqa: PLC0415

    confirmed = Member.objects.filter(email_verified_at__isnull=False).order_by("id")
    return list(confirmed[: VOTERS * VOTES])


def _turn(members: list[Any], choose: Callable[[], Any]) -> float:
    """Votes a second when every voter's members vote one after another."""
    groups = [members[number::VOTERS] for number in range(VOTERS)]
    with ThreadPoolExecutor(VOTERS) as pool:
        list(pool.map(_connect, range(VOTERS)))
        began = time.perf_counter()
        list(pool.map(lambda group: _vote(group, choose), groups))
        elapsed = time.perf_counter() - began
        list(pool.map(_disconnect, range(VOTERS)))
    return len(members) / elapsed


def _connect(_number: int) -> None:
    connection.ensure_connection()
    # So that every thread takes one of these.
    time.sleep(0.05)


def _disconnect(_number: int) -> None:
    connection.close()
    time.sleep(0.05)


def _vote(members: list[Any], choose: Callable[[], Any]) -> None:
    from ideas.services.supporting import give_support  # noqa: PLC0415

    for member in members:
        idea = choose()
        if idea.author_id != member.pk:
            give_support(idea=idea, member=member)


def _supports(pk: int) -> int:
    from ideas.models import IdeaTally  # noqa: PLC0415

    return IdeaTally.objects.get(pk=pk).supports


if __name__ == "__main__":
    main()
