"""Running the detectors over the votes of the last months, whole or only what is new."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from reputation.detecting import Finding, Votes, find_all
from reputation.detecting.thresholds import VERSION
from reputation.detecting.votes import NOWHERE, Ints, Site
from reputation.models import Watch
from reputation.services.filing import Evidence, Vote, file

WINDOW = timedelta(days=90)
# A vote may be booked a while after it was given.
LATE = timedelta(hours=2)
# As far back as detectors compare with what others did.
REACH = timedelta(days=2)
# COPY in binary: 11 bytes and two numbers before the rows, a number after them.
_HEAD, _TAIL = 19, 2

# `holds` is left to the ground itself: votes that are withdrawn, hidden or void say nothing here.
_VOTES = """
    COPY (
        SELECT ground.actor_id, ground.member_id, ground.thing_id,
               extract(epoch FROM ground.since)::bigint,
               greatest(0, extract(epoch FROM ground.since - voter.date_joined))::bigint
        FROM reputation_ground AS ground JOIN community_member AS voter ON voter.id = actor_id
        WHERE kind = 'supported' AND thing = 'idea' AND holds
          AND since > %(begin)s AND since <= %(upto)s
          AND (since > %(recent)s OR actor_id = ANY(%(members)s))
        ORDER BY since, ground.id
    ) TO STDOUT (FORMAT binary)
"""
_SIGN_INS = """
    COPY (
        SELECT member_id, extract(epoch FROM happened_at)::bigint, hashtext(block)::bigint
        FROM community_signin WHERE block <> '' AND happened_at > %(begin)s
    ) TO STDOUT (FORMAT binary)
"""
_TOTALS = {
    "member_id": """
        SELECT member_id, count(*) FROM reputation_ground
        WHERE kind = 'supported' AND holds AND since > %s AND since <= %s AND member_id = ANY(%s)
        GROUP BY member_id
    """,
    "thing_id": """
        SELECT thing_id, count(*) FROM reputation_ground
        WHERE kind = 'supported' AND holds AND since > %s AND since <= %s AND thing_id = ANY(%s)
        GROUP BY thing_id
    """,
}
_TOTAL = """
    SELECT count(*), count(DISTINCT actor_id) FROM reputation_ground
    WHERE kind = 'supported' AND holds AND since > %s AND since <= %s
"""


def watch(*, whole: bool, upto: datetime | None = None) -> Watch:
    """Run the detectors and file what they find. A run that was killed is made up by the next."""
    run = _begin(whole=whole, upto=upto or timezone.now())
    votes = read_whole(run.upto) if run.is_whole else read_new(_seen(run.upto), run.upto)
    filed = [file(evidence=_evidence(votes, finding, run.upto)) for finding in find_all(votes)]
    return _end(
        run,
        votes=len(votes),
        opened=sum(each.opened for each in filed),
        grown=sum(each.grown for each in filed),
    )


@transaction.atomic
def _begin(*, whole: bool, upto: datetime) -> Watch:
    """The first of all has nothing to go on from."""
    whole = whole or not Watch.objects.filter(ended_at__isnull=False).exists()
    return Watch.objects.create(is_whole=whole, rules=VERSION, upto=upto)


@transaction.atomic
def _end(run: Watch, **counts: int) -> Watch:
    for name, count in counts.items():
        setattr(run, name, count)
    run.ended_at = timezone.now()
    run.save()
    return run


def _seen(upto: datetime) -> datetime:
    """Up to when all votes were looked at."""
    ended = Watch.objects.filter(ended_at__isnull=False, upto__lte=upto).order_by("-upto")
    return ended.values_list("upto", flat=True).first() or upto - WINDOW


def read_whole(upto: datetime) -> Votes:
    """All votes of the window."""
    begin = upto - WINDOW
    return _votes(begin, begin, upto, [])


def read_new(seen: datetime, upto: datetime) -> Votes:
    """The votes of the last days, and all of the window by those who are in them: what can have
    become suspect since, and what it is measured by."""
    begin, recent = upto - WINDOW, seen - LATE - REACH
    if recent <= begin:
        return read_whole(upto)
    newest = _votes(recent, recent, upto, [])
    members = np.unique(np.concatenate([newest.voter, newest.author])).tolist()
    votes = _votes(begin, recent, upto, members)
    with connection.cursor() as cursor:
        cursor.execute(_TOTAL, [begin, upto])
        total, voters = cursor.fetchone()
    received = _totals("member_id", begin, upto, votes.author)
    crowd = _totals("thing_id", begin, upto, votes.idea)
    site = Site(total, voters, received, crowd)
    return replace(votes, site=site)


def _votes(begin: datetime, recent: datetime, upto: datetime, members: Sequence[int]) -> Votes:
    span = {"begin": begin, "recent": recent, "upto": upto, "members": list(members)}
    voter, author, idea, second, age = _read(_VOTES, 5, span)
    return Votes(voter, author, idea, second, age, _blocks(voter, second, begin))


def _blocks(voter: Ints, second: Ints, begin: datetime) -> Ints:
    """For each vote, the block that its voter signed in from last; if they were signed in already
    before any sign-in that is kept, the first."""
    member, when, block = _read(_SIGN_INS, 3, {"begin": begin})
    blocks = np.full(voter.size, NOWHERE, np.int64)
    if not member.size:
        return blocks
    order = np.lexsort((when, member))
    member, when, block = member[order], when[order], block[order]
    known = np.searchsorted(member, voter)
    known = np.minimum(known, member.size - 1)
    has = member[known] == voter
    keys = member * (np.int64(1) << 33) + when
    last = np.searchsorted(keys, voter * (np.int64(1) << 33) + second, side="right") - 1
    blocks[has] = block[np.maximum(last, known)[has]]
    return blocks


def _read(statement: str, width: int, values: dict[str, Any]) -> list[Ints]:
    """The columns of a COPY of whole numbers, none of them null, without a Python object each."""
    row = np.dtype([("", ">i2")] + [("", ">i4"), ("", ">i8")] * width)
    with connection.cursor() as cursor, cursor.copy(statement, values) as out:
        content = b"".join(out)
    rows = np.frombuffer(
        content, row, offset=_HEAD, count=(len(content) - _HEAD - _TAIL) // row.itemsize
    )
    return [rows[f"f{2 * column + 2}"].astype(np.int64) for column in range(width)]


def _totals(what: str, begin: datetime, upto: datetime, numbers: Ints) -> Ints:
    """For each of the numbers, how many votes there are of it in the window."""
    wanted, place = np.unique(numbers, return_inverse=True)
    counts = np.zeros(wanted.size, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS[what], [begin, upto, wanted.tolist()])
        for number, count in cursor.fetchall():
            counts[np.searchsorted(wanted, number)] = count
    return counts[place]


def _evidence(votes: Votes, finding: Finding, found_at: datetime) -> Evidence:
    rows = [
        Vote(int(voter), int(author), int(idea), datetime.fromtimestamp(int(second), UTC))
        for voter, author, idea, second, *_rest in zip(
            *(column[finding.rows] for column in votes.columns), strict=True
        )
    ]
    return Evidence(finding.detector, rows, finding.surprise, found_at)
