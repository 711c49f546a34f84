"""Writing the chain, closing its days, and looking whether it holds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from community.models import Member
from moderation.models import AuditEvent, AuditHead, Case, Decision
from moderation.models.audit import NOTHING_BEFORE, seal_of

# Number and seal come from a trigger.
_WRITE = """
    INSERT INTO moderation_auditevent (kind, actor_id, case_id, decision_id, content)
    VALUES (%s, %s, %s, %s, %s)
"""
# What of a decision its link in the chain vouches for. Another column would change what old links
# say: it needs a second list, and links that say which they mean.
_VOUCHED = (
    "id", "case_id", "action", "clause_id", "by_id", "decided_at", "ends_at", "visibility",
    "monetary", "provision", "account", "ground", "legal_ground", "clause_words", "explanation",
    "facts", "content_type", "category", "content_date", "application_date", "source",
    "automated_detection", "automated_decision", "territorial_scope",
)  # fmt: skip


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: `where` names it, `what` says how."""

    where: str
    what: str


@transaction.atomic
def note(
    *,
    kind: str,
    actor: Member | None,
    case: Case | None = None,
    decision: Decision | None = None,
    **content: Any,
) -> None:
    """Write a deed into the chain. Last in its transaction: whoever comes next waits for it."""
    if decision is not None:
        decision.refresh_from_db()
        content["decision"] = digest_of(decision)
    keys = [one.pk if one else None for one in (actor, case, decision)]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [kind, *keys, json.dumps(content)])


def digest_of(decision: Decision) -> str:
    """The SHA-256 of what a decision says, in hex."""
    values = {name: str(getattr(decision, name)) for name in _VOUCHED}
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def close_days() -> int:
    """Note how far the chain had come at the end of each day that is over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [timezone.now() - timedelta(minutes=5)])
        return int(cursor.rowcount)


# A deed may take a while until it is committed: a day is closed some minutes after its end.
_CLOSE = """
    INSERT INTO moderation_audithead (day, event_id, seal)
    SELECT DISTINCT ON (day) day, id, seal FROM (
        SELECT (happened_at AT TIME ZONE 'UTC')::date AS day, id, seal FROM moderation_auditevent
        WHERE happened_at > coalesce(
            (SELECT (max(day) + 1)::timestamp AT TIME ZONE 'UTC' FROM moderation_audithead),
            '-infinity')
    ) event
    WHERE day < (%s AT TIME ZONE 'UTC')::date
    ORDER BY day, id DESC
    ON CONFLICT (day) DO NOTHING
"""
_BROKEN = f"""
    SELECT id, gap, cut, changed FROM (
        SELECT id, id <> lag(id, 1, 0::bigint) OVER before + 1 AS gap,
               previous <> lag(seal, 1, '{NOTHING_BEFORE}') OVER before AS cut,
               seal <> {seal_of("event")} AS changed
        FROM moderation_auditevent event WINDOW before AS (ORDER BY id)
    ) link
    WHERE gap OR cut OR changed ORDER BY id
"""  # noqa: S608  # put together of constants


def verify() -> Iterator[Break]:
    """Whatever does not hold: in the chain itself, against what was published, and in decisions."""
    yield from _broken_links()
    for head in AuditHead.objects.order_by("day"):
        if not AuditEvent.objects.filter(pk=head.event_id, seal=head.seal).exists():
            yield Break(f"day {head.day}", "its published head is not in the chain")
    yield from _changed_decisions()


def _broken_links() -> Iterator[Break]:
    words = ("links before it are missing", "it does not seal the one before", "it was changed")
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN)
        for number, *found in cursor.fetchall():
            for is_so, what in zip(found, words, strict=True):
                if is_so:
                    yield Break(f"link {number}", what)


def _changed_decisions() -> Iterator[Break]:
    told = AuditEvent.objects.filter(decision__isnull=False, content__has_key="decision")
    digests = dict(told.values_list("decision_id", "content__decision"))
    for decision in Decision.objects.order_by("pk").iterator():
        digest = digests.pop(decision.pk, None)
        if digest is None:
            yield Break(f"decision {decision.pk}", "it is not in the chain")
        elif digest != digest_of(decision):
            yield Break(f"decision {decision.pk}", "it was changed")
    for missing in digests:
        yield Break(f"decision {missing}", "it is missing")
