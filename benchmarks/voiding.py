"""Ten thousand votes for fifty ideas voided at once, against bare SQL that writes the same rows.

Triggers that keep the trail and the tallies work for both. Each turn is rolled back. Prints
seconds as JSON.
"""

import json
import sys

import django
from django.db import connection, transaction

VOTES, IDEAS = 10_000, 50
CAST = """
    INSERT INTO ideas_support (idea_id, member_id, state, cause, created_at, counted_at)
    SELECT idea.id, member.id, 'counted', 'given', now(), now()
    FROM (SELECT id, author_id FROM ideas_idea WHERE id = ANY(%(ideas)s)) idea
    CROSS JOIN (SELECT id FROM community_member ORDER BY id LIMIT 250) member
    WHERE member.id <> idea.author_id LIMIT %(votes)s
"""
LOCK = """
    SELECT id FROM ideas_support
    WHERE idea_id = ANY(%(ideas)s) AND state = 'counted' ORDER BY id FOR NO KEY UPDATE
"""
VOID = """
    UPDATE ideas_support SET state = 'voided', cause = 'voided', voided_by_id = %(voiding)s
    WHERE idea_id = ANY(%(ideas)s) AND state = 'counted'
"""
PROMOTE = """
    UPDATE community_member SET is_staff = true, is_superuser = true WHERE id = ANY(%(members)s)
"""
FOLD = "SELECT ideas_fold_tally(id) FROM unnest(%(ideas)s::bigint[]) id"
DONE = """
    UPDATE ideas_voiding SET state = 'done', votes = %(votes)s, done_by_id = %(member)s,
        done_at = now() WHERE id = %(voiding)s
"""
TELL = """
    INSERT INTO activity_eventrecord (kind, payload, actor_id)
    SELECT 'ideas.supports_voided', jsonb_build_object('batch_id', %(voiding)s, 'votes',
        jsonb_agg(jsonb_build_array(vote.idea_id, idea.author_id, vote.member_id))), %(member)s
    FROM ideas_support vote JOIN ideas_idea idea ON idea.id = vote.idea_id
    WHERE vote.voided_by_id = %(voiding)s GROUP BY vote.member_id / 25
"""


def main() -> None:
    django.setup()
    from benchmarks.reviewing import by_turns  # noqa: PLC0415  # after setup
    from community.models import Member  # noqa: PLC0415
    from ideas.conditions import Conditions  # noqa: PLC0415
    from ideas.models import Idea, Voiding  # noqa: PLC0415
    from ideas.services import voiding  # noqa: PLC0415

    listed = Idea.objects.filter(tally__listed=True).order_by("pk")
    ideas = list(listed.values_list("pk", flat=True)[:IDEAS])
    with transaction.atomic():
        maker, second = Member.objects.order_by("-pk")[:2]
        _cast(ideas, [maker.pk, second.pk])
        second.refresh_from_db()
        made = Voiding.objects.create(
            conditions=Conditions(ideas=tuple(ideas)).as_json(),
            summary="Measured.",
            state="waiting",
            made_by=maker,
        )

        def voided() -> int:
            return voiding.carry_out(voiding=made, by=second, expected=VOTES).votes

        facts = {"ideas": ideas, "votes": VOTES, "member": second.pk, "voiding": made.pk}
        took = by_turns(voided, VOTES, facts, LOCK, VOID, FOLD, DONE, TELL)
        transaction.set_rollback(True)
    json.dump({"votes": VOTES, "void": took}, sys.stdout)


def _cast(ideas: list[int], deciding: list[int]) -> None:
    """The votes, and two who may void them."""
    with connection.cursor() as cursor:
        cursor.execute(CAST, {"ideas": ideas, "votes": VOTES})
        cursor.execute(FOLD, {"ideas": ideas})
        cursor.execute(PROMOTE, {"members": deciding})


if __name__ == "__main__":
    main()
