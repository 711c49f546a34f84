"""What follows from the rows that were copied, set by set: trails, tallies, decisions, the log."""

from benchmarks.generator.bulk import Rows
from benchmarks.generator.sizes import Size

TRAIL = """
    INSERT INTO ideas_supportchange (support_id, before, after, cause, changed_at)
    SELECT id, '', state, cause, created_at FROM ideas_support
"""
# The same sums as ideas_heat() and the triggers make, for all ideas at once.
TALLIES = """
    WITH votes AS (
        SELECT idea_id, count(*) AS supports,
               ln(sum(exp((extract(epoch FROM counted_at) - 1767225600)::float8 / 432000))) AS hot
        FROM ideas_support WHERE state = 'counted' GROUP BY idea_id
    ), talk AS (
        SELECT idea_id, count(*) AS comments FROM ideas_comment
        WHERE hidden_at IS NULL GROUP BY idea_id
    )
    INSERT INTO ideas_ideatally
        (idea_id, board_id, status, listed, opened_at, supports, hot, comments, shuffle,
         due_at, decided_at, reopened_at)
    SELECT id, board_id, status, status <> 'draft' AND hidden_at IS NULL, opened_at,
           coalesce(supports, 0), coalesce(hot, '-Infinity'), coalesce(comments, 0), random(),
           owed.due_at, decided.decided_at,
           CASE status WHEN 'under_review' THEN decided.reopened_at END
    FROM ideas_idea
    LEFT JOIN (SELECT owed_on_id, min(due_at) AS due_at FROM ideas_promise
               WHERE state = 'running' GROUP BY 1) owed ON owed.owed_on_id = id
    LEFT JOIN (SELECT idea_id, max(created_at) AS decided_at,
                      max(created_at) FILTER (WHERE from_status = 'declined') AS reopened_at
               FROM ideas_decision GROUP BY 1) decided ON decided.idea_id = id
    LEFT JOIN votes ON votes.idea_id = id
    LEFT JOIN talk ON talk.idea_id = id
    ORDER BY id
"""
# Each status with the steps that led there; some of what is reviewed had been declined before.
DECISIONS = """
    INSERT INTO ideas_decision (
        idea_id, member_id, team_id, origin, from_status, to_status, statement, statement_html,
        reason, change_our_mind, rough_when, cost_band, created_at
    )
    SELECT idea.id, CASE step.source WHEN 'declined' THEN NULL ELSE 1 END, board.team_id,
           CASE step.source WHEN 'declined' THEN 'clockwork' ELSE 'person' END,
           step.source, step.target,
           'We looked at it and ' || step.target || ' it is.',
           '<p>We looked at it and ' || step.target || ' it is.</p>',
           CASE step.target WHEN 'declined' THEN 'too_few' ELSE '' END,
           CASE step.target WHEN 'declined' THEN 'Three times the support.' ELSE '' END,
           CASE step.target WHEN 'planned' THEN 'next summer' ELSE '' END,
           CASE step.target WHEN 'planned' THEN 'medium' ELSE '' END,
           idea.opened_at + step.number * (now() - idea.opened_at) / 4
    FROM ideas_idea idea
    JOIN ideas_board board ON board.id = idea.board_id
    JOIN (VALUES ('needs_info', 1, 'open', 'needs_info'),
                 ('under_review', 1, 'open', 'under_review'),
                 ('reopened', 1, 'open', 'declined'),
                 ('reopened', 2, 'declined', 'under_review'),
                 ('declined', 1, 'open', 'declined'),
                 ('planned', 1, 'open', 'planned'),
                 ('in_progress', 1, 'open', 'planned'),
                 ('in_progress', 2, 'planned', 'in_progress'),
                 ('shipped', 1, 'open', 'planned'),
                 ('shipped', 2, 'planned', 'in_progress'),
                 ('shipped', 3, 'in_progress', 'shipped')
         ) step(status, number, source, target)
         ON step.status = CASE WHEN idea.status = 'under_review' AND idea.id % 10 < 3
                               THEN 'reopened' ELSE idea.status END
    ORDER BY 13
"""
TERMS = """
    INSERT INTO ideas_promiseterms (board_id, answer_threshold, answer_days, reply_days,
                                    reopen_threshold, since)
    SELECT id, answer_threshold, answer_days, reply_days, reopen_threshold,
           now() - interval '4 years'
    FROM ideas_board board
    WHERE NOT EXISTS (SELECT FROM ideas_promiseterms terms WHERE terms.board_id = board.id)
"""
# A promise of so many days from `began` on: due at the end of the last of them in Berlin.
_DUE = """date_trunc('day', (began + interval '{days} days') AT TIME ZONE 'Europe/Berlin')
        AT TIME ZONE 'Europe/Berlin' + interval '1 day'"""
_ANSWERED = """
    SELECT vote.idea_id, vote.counted_at AS began, decision.id AS decision_id,
           CASE WHEN decision.id IS NOT NULL
                THEN greatest(decision.created_at, vote.counted_at) END AS ended,
           'answer' AS kind, 50 AS threshold, 30 AS days
    FROM (SELECT idea_id, counted_at,
                 row_number() OVER (PARTITION BY idea_id ORDER BY counted_at, id) AS number
          FROM ideas_support WHERE state = 'counted') vote
    JOIN ideas_idea idea ON idea.id = vote.idea_id AND idea.status <> 'draft'
    LEFT JOIN (
        SELECT DISTINCT ON (idea_id) idea_id, id, created_at FROM ideas_decision
        WHERE to_status IN ('planned', 'declined') ORDER BY idea_id, id
    ) decision ON decision.idea_id = idea.id
    WHERE vote.number = 50 AND (decision.id IS NULL OR decision.created_at >= vote.counted_at)
"""
_REPLIED = """
    SELECT idea.id AS idea_id, opened_at AS began, decision.id AS decision_id,
           decision.created_at AS ended, 'reply' AS kind, NULL::int AS threshold, 7 AS days
    FROM ideas_idea idea
    LEFT JOIN (
        SELECT DISTINCT ON (idea_id) idea_id, id, created_at FROM ideas_decision
        ORDER BY idea_id, id
    ) decision ON decision.idea_id = idea.id
    WHERE idea.status <> 'draft'
"""


def _promises(owed: str, days: int) -> str:
    due = _DUE.format(days=days)
    return f"""
        INSERT INTO ideas_promise (
            idea_id, owed_on_id, board_id, team_id, kind, threshold, days, state, started_at,
            half_at, near_at, due_at, paused_days, escalate_at, ended_at, decision_id,
            withdrawal_reason
        )
        SELECT idea_id, idea_id, board.id, board.team_id, kind, threshold, days,
               CASE WHEN ended IS NULL THEN 'running' ELSE 'answered' END, began,
               began + 0.5 * ({due} - began), began + 0.9 * ({due} - began), {due}, 0, NULL,
               ended, owed.decision_id, ''
        FROM ({owed}) owed
        JOIN ideas_idea idea ON idea.id = owed.idea_id
        JOIN ideas_board board ON board.id = idea.board_id
        ORDER BY began
    """


COUNTS = """
    INSERT INTO ideas_promisecount (board_id, team_id, kind, month, outcome, took, promises)
    SELECT board_id, team_id, kind, date_trunc('month', ended_at AT TIME ZONE 'UTC')::date,
           CASE WHEN ended_at <= due_at THEN 'kept' ELSE 'late' END,
           greatest(1, ceil(extract(epoch FROM ended_at - started_at) / 86400))::int, count(*)
    FROM ideas_promise WHERE ended_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
"""
SHOWN = """
    UPDATE ideas_idea SET
        threshold_reached_at = answer.started_at, answer_due_at = answer.due_at,
        answered_at = answer.ended_at, reply_due_at = reply.due_at, replied_at = reply.ended_at
    FROM ideas_promise reply
    LEFT JOIN ideas_promise answer ON answer.idea_id = reply.idea_id AND answer.kind = 'answer'
    WHERE reply.kind = 'reply' AND reply.idea_id = ideas_idea.id
"""
PROMISES = (_promises(_ANSWERED, 30), _promises(_REPLIED, 7), COUNTS, SHOWN)
REVISIONS = """
    INSERT INTO ideas_idearevision (idea_id, number, title, body, note, editor_id, created_at)
    SELECT id, 1, title, body, '', author_id, opened_at FROM ideas_idea WHERE status <> 'draft'
"""
CREDITS = """
    INSERT INTO ideas_contribution (idea_id, member_id, part, recorded_at)
    SELECT id, author_id, 'author', opened_at FROM ideas_idea WHERE status <> 'draft'
"""
FOLLOWS = """
    INSERT INTO ideas_follow (idea_id, member_id, created_at)
    SELECT id, author_id, opened_at FROM ideas_idea WHERE status <> 'draft'
    UNION ALL
    SELECT idea_id, member_id, created_at FROM ideas_support WHERE id % 5 = 0
"""
NOTIFICATIONS = """
    INSERT INTO community_notification (
        member_id, actor_id, event_id, kind, topic, subject, excerpt, url, created_at, read_at
    )
    SELECT idea.author_id, comment.author_id, comment.id, 'commented', 'idea:' || idea.id,
           idea.title, left(comment.body, 280), '/ideas/' || idea.id || '/', comment.created_at,
           CASE WHEN comment.id % 4 > 0 THEN comment.created_at END
    FROM ideas_comment comment JOIN ideas_idea idea ON idea.id = comment.idea_id
    WHERE comment.id % 3 = 0 AND comment.author_id <> idea.author_id
"""
# Members come and go: where more events are wanted than there are votes, they are told again.
EVENTS = """
    INSERT INTO activity_eventrecord (kind, payload, actor_id, occurred_at)
    SELECT 'ideas.support_given',
           jsonb_build_object('idea_id', idea.id, 'author_id', idea.author_id,
                              'member_id', vote.member_id),
           vote.member_id, vote.created_at
    FROM (SELECT * FROM ideas_support WHERE state <> 'pending' ORDER BY id DESC LIMIT %(events)s
         ) vote
    JOIN ideas_idea idea ON idea.id = vote.idea_id
    CROSS JOIN generate_series(1, %(times)s)
    LIMIT %(events)s
"""
# What some measurements write to, beside the site's own tables.
OWN_TABLES = """
    CREATE TABLE bench_write (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
        member_id bigint NOT NULL, idea_id bigint NOT NULL, at timestamptz NOT NULL);
    CREATE TABLE bench_ledger (event_id bigint PRIMARY KEY, idea_id bigint NOT NULL,
        author_id bigint NOT NULL, member_id bigint NOT NULL, occurred_at timestamptz NOT NULL)
"""
# Tallies that differ from a recount by the site's own functions, of every so manieth idea.
PROOF = """
    SELECT count(*) FROM ideas_ideatally tally
    WHERE idea_id %% %(step)s = 0 AND (
        supports <> (ideas_union(idea_id))[1]
        OR comments <> (SELECT count(*) FROM ideas_comment comment
                        WHERE comment.hidden_at IS NULL AND comment.idea_id IN (
                            SELECT tally.idea_id UNION ALL
                            SELECT id FROM ideas_idea WHERE merged_into_id = tally.idea_id))
        OR (hot <> (ideas_union(idea_id))[2] AND abs(hot - (ideas_union(idea_id))[2]) > 1e-6))
"""


def settle(connection: Rows, size: Size) -> None:
    """Everything that follows from ideas, supports and comments."""
    for statement in (TRAIL, DECISIONS, *PROMISES, REVISIONS, CREDITS, FOLLOWS, NOTIFICATIONS):
        connection.execute(statement)
        connection.commit()
    if size.events:
        times = -(-size.events // max(1, size.supports // 2))
        connection.execute(EVENTS, {"events": size.events, "times": times})
    connection.commit()


def drifting(connection: Rows, size: Size) -> int:
    """How many tallies are not what votes and comments say: 0 on a healthy site."""
    row = connection.execute(PROOF, {"step": size.proof}).fetchone()
    assert row is not None
    return int(str(row[0]))
