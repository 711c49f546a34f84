"""Whom answers helped beside the one who asked, kept from the log: the forum's own tables are not
for reputation to read in a batch of members."""

from django.db import connection, transaction

from activity.registry import Window
from community.events import SolvedMineToo, SolvedMineTooWithdrawn
from reputation.kinds import Kind, Thing

_LOG = f"""
    FROM activity_eventrecord log
    WHERE {{where}} AND log.kind IN ('{SolvedMineToo.kind}', '{SolvedMineTooWithdrawn.kind}')
"""
_REPLY = "(log.payload->>'reply_id')::bigint"
_KEEP = f"""
    INSERT INTO reputation_solvedfor AS known (reply_id, member_id, since, stamp)
    SELECT DISTINCT ON (1, 2) {_REPLY}, (log.payload->>'member_id')::bigint, log.occurred_at,
           log.id * 2 + (log.kind = '{SolvedMineToo.kind}')::int
    {_LOG} ORDER BY 1, 2, log.id DESC
    ON CONFLICT (reply_id, member_id) DO UPDATE
    SET since = CASE WHEN excluded.stamp > known.stamp THEN excluded.since ELSE known.since END,
        stamp = greatest(known.stamp, excluded.stamp)
"""
# Whoever wrote the answer, and whoever asked and accepted it.
_DUE = f"""
    INSERT INTO reputation_badgedue (member_id)
    SELECT (log.payload->>'author_id')::bigint {_LOG}
    UNION
    SELECT asker.member_id FROM (SELECT DISTINCT {_REPLY} AS id {_LOG}) AS reply
    CROSS JOIN LATERAL (
        SELECT member_id FROM reputation_ground
        WHERE thing_id = reply.id AND kind = '{Kind.ACCEPTED}' AND thing = '{Thing.REPLY}' LIMIT 1
    ) AS asker
"""


@transaction.atomic
def keep_solved(*, window: Window) -> None:
    """Keep what a stretch of the log says of it. Again changes nothing."""
    with connection.cursor() as cursor:
        for statement in (_KEEP, _DUE):
            cursor.execute(statement.format(where=window.where), window.values)
