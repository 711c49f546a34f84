"""A thousand ideas assigned and decided at once, against the bare SQL that writes the same rows.

Each turn is rolled back, so that every turn finds the same site. Prints seconds as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.db import connection, transaction

MANY = 1_000
TURNS = 5
REVIEWS = """
    INSERT INTO ideas_review (idea_id, assignee_id, version, changed_at)
    SELECT id, %(member)s, 1, now() FROM unnest(%(ideas)s::bigint[]) id
    ON CONFLICT (idea_id) DO UPDATE SET assignee_id = excluded.assignee_id,
        version = ideas_review.version + 1, changed_at = now()
"""
DEEDS = """
    INSERT INTO ideas_teamdeed (idea_id, member_id, kind, detail)
    SELECT id, %(member)s, %(kind)s, '{}' FROM unnest(%(ideas)s::bigint[]) id
"""
LOCK = """
    SELECT id FROM ideas_idea WHERE id = ANY(%(ideas)s) ORDER BY id FOR NO KEY UPDATE
"""
DECISIONS = """
    WITH decided AS (
        INSERT INTO ideas_decision (idea_id, member_id, team_id, origin, from_status, to_status,
            statement, statement_html, reason, change_our_mind, rough_when, cost_band)
        SELECT idea.id, %(member)s, board.team_id, 'person', idea.status, 'under_review',
            'We look into it.', '<p>We look into it.</p>', '', '', '', ''
        FROM ideas_idea idea JOIN ideas_board board ON board.id = idea.board_id
        WHERE idea.id = ANY(%(ideas)s) RETURNING id, idea_id, from_status
    )
    INSERT INTO activity_eventrecord (kind, payload, actor_id)
    SELECT 'ideas.decision_made', jsonb_build_object('idea_id', decided.idea_id, 'decision_id',
        decided.id, 'author_id', idea.author_id, 'source', from_status, 'target', 'under_review'),
        %(member)s
    FROM decided JOIN ideas_idea idea ON idea.id = decided.idea_id
"""
PROMISES = """
    UPDATE ideas_promise promise SET state = 'answered', escalate_at = NULL,
        ended_at = greatest(decision.created_at, promise.started_at), decision_id = decision.id
    FROM (SELECT idea_id, max(id) AS id, max(created_at) AS created_at FROM ideas_decision
          WHERE idea_id = ANY(%(ideas)s) GROUP BY 1) decision
    WHERE promise.owed_on_id = decision.idea_id AND promise.kind = 'reply'
      AND promise.state = 'running'
"""
STATUS = "UPDATE ideas_idea SET status = 'under_review' WHERE id = ANY(%(ideas)s)"


class Undone(Exception):
    """What a turn ends with."""


def main() -> None:
    django.setup()
    from community.models import Member, Team, TeamMembership  # noqa: PLC0415  # after setup
    from ideas.models import Idea  # noqa: PLC0415
    from ideas.services.bulk import assign_all, decide_all  # noqa: PLC0415
    from ideas.services.steps import Grounds  # noqa: PLC0415

    waiting = Idea.objects.filter(tally__listed=True, tally__status="open")
    ideas = list(waiting.order_by("pk").values_list("pk", flat=True)[:MANY])
    member = Member.objects.order_by("-pk")[0]
    grounds = Grounds(statement="We look into it.")

    def assigned() -> int:
        return len(assign_all(ideas=ideas, by=member, assignee=member).done)

    def decided() -> int:
        return len(decide_all(ideas=ideas, to="under_review", by=member, grounds=grounds).done)

    with transaction.atomic():
        TeamMembership.objects.bulk_create(
            TeamMembership(team=team, member=member) for team in Team.objects.all()
        )
        facts = {"ideas": ideas, "member": member.pk}
        assign = by_turns(assigned, len(ideas), facts | {"kind": "assigned"}, LOCK, REVIEWS, DEEDS)
        bare = (LOCK, DECISIONS, STATUS, PROMISES, DEEDS)
        decide = by_turns(decided, len(ideas), facts | {"kind": "decided"}, *bare)
        transaction.set_rollback(True)
    json.dump({"ideas": len(ideas), "assign": assign, "decide": decide}, sys.stdout)


def by_turns(
    service: Callable[[], int], expected: int, facts: dict[str, Any], *bare: str
) -> dict[str, Any]:
    """Seconds of the service and of the statements, each turn from the same beginning."""

    def statements() -> int:
        with connection.cursor() as cursor:
            for statement in bare:
                cursor.execute(statement, facts)
        return expected

    seconds: dict[str, Any] = {"service": [], "bare": []}
    for _ in range(TURNS):
        seconds["service"].append(_timed(service, expected))
        seconds["bare"].append(_timed(statements, expected))
    return seconds


def _timed(deed: Callable[[], int], expected: int) -> float:
    began = time.perf_counter()
    took = 0.0
    try:
        with transaction.atomic():
            assert deed() == expected
            with connection.cursor() as cursor:
                # What is put off until the end belongs to it.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            took = time.perf_counter() - began
            raise Undone
    except Undone:
        return took


if __name__ == "__main__":
    main()
