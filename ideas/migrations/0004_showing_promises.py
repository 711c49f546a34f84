"""What PostgreSQL itself does for promises, and what older rows need to have them."""

from django.db import migrations

# The promise an idea shows: of the open ones the next that is due, else the last that ended. The
# review lanes sort by the next running clock of either kind.
SHOW = """
CREATE FUNCTION ideas_show_promises(which bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    answer ideas_promise;
    reply ideas_promise;
    withdrawn boolean;
BEGIN
    SELECT * INTO answer FROM ideas_promise
    WHERE owed_on_id = which AND kind = 'answer'
    ORDER BY ended_at IS NULL DESC, CASE WHEN ended_at IS NULL THEN due_at END,
             ended_at DESC, id DESC
    LIMIT 1;
    SELECT * INTO reply FROM ideas_promise
    WHERE owed_on_id = which AND kind = 'reply' AND state <> 'withdrawn'
    ORDER BY ended_at IS NULL DESC, CASE WHEN ended_at IS NULL THEN due_at END,
             ended_at DESC, id DESC
    LIMIT 1;
    withdrawn := coalesce(answer.state = 'withdrawn', false);
    UPDATE ideas_idea SET
        threshold_reached_at = CASE WHEN NOT withdrawn THEN answer.started_at END,
        answer_due_at = CASE WHEN NOT withdrawn THEN answer.due_at END,
        answered_at = CASE WHEN NOT withdrawn THEN answer.ended_at END,
        promise_withdrawn_at = CASE WHEN withdrawn THEN answer.ended_at END,
        clock_paused_at = (SELECT max(started_at) FROM ideas_promisepause
                           WHERE promise_id = answer.id AND answer.state = 'paused'
                             AND ended_at IS NULL),
        reply_due_at = reply.due_at,
        replied_at = reply.ended_at
    WHERE id = which;
    UPDATE ideas_ideatally SET due_at = (
        SELECT min(promise.due_at) FROM ideas_promise promise
        WHERE promise.owed_on_id = which AND promise.state = 'running'
    )
    WHERE idea_id = which;
END
$$
"""

TERMS = """
INSERT INTO ideas_promiseterms (board_id, answer_threshold, answer_days, reply_days,
                                reopen_threshold, calendar_id, since)
SELECT board.id, answer_threshold, answer_days, reply_days, reopen_threshold, calendar_id,
       coalesce((SELECT min(opened_at) FROM ideas_idea WHERE board_id = board.id),
                statement_timestamp())
FROM ideas_board board
"""
PROMISES = """
INSERT INTO ideas_promise (
    idea_id, owed_on_id, board_id, team_id, kind, threshold, days, state, started_at, half_at,
    near_at, due_at, paused_days, escalate_at, ended_at, decision_id, withdrawal_reason
)
SELECT idea.id, idea.id, idea.board_id, board.team_id, 'answer', board.answer_threshold,
       board.answer_days, CASE WHEN answer.id IS NULL THEN 'running' ELSE 'answered' END,
       threshold_reached_at,
       threshold_reached_at + 0.5 * (answer_due_at - threshold_reached_at),
       threshold_reached_at + 0.9 * (answer_due_at - threshold_reached_at),
       answer_due_at, 0,
       CASE WHEN answer.id IS NULL
            THEN threshold_reached_at + 0.5 * (answer_due_at - threshold_reached_at) END,
       CASE WHEN answer.id IS NOT NULL THEN greatest(answered_at, threshold_reached_at) END,
       answer.id, ''
FROM ideas_idea idea
JOIN ideas_board board ON board.id = idea.board_id
LEFT JOIN LATERAL (
    SELECT id FROM ideas_decision decision
    WHERE decision.idea_id = idea.id AND idea.answered_at IS NOT NULL
    ORDER BY decision.created_at < idea.answered_at, id LIMIT 1
) answer ON true
WHERE idea.answer_due_at IS NOT NULL
"""
DATES = """
UPDATE ideas_ideatally tally SET decided_at = decision.created_at
FROM (SELECT DISTINCT ON (idea_id) idea_id, created_at FROM ideas_decision
      ORDER BY idea_id, id DESC) decision
WHERE decision.idea_id = tally.idea_id
"""
AUTHORS = """
INSERT INTO ideas_contribution (idea_id, member_id, part, recorded_at)
SELECT id, author_id, 'author', opened_at FROM ideas_idea WHERE opened_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("ideas", "0003_promises_reviews_merges")]

    operations = [
        migrations.RunSQL(SHOW, "DROP FUNCTION ideas_show_promises(bigint)"),
        migrations.RunSQL(TERMS, migrations.RunSQL.noop),
        migrations.RunSQL(PROMISES, migrations.RunSQL.noop),
        migrations.RunSQL(DATES, migrations.RunSQL.noop),
        migrations.RunSQL(AUTHORS, migrations.RunSQL.noop),
    ]
