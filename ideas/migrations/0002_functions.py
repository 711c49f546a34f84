"""What PostgreSQL itself does for ideas: folding tallies."""

from django.db import migrations

# ln Σ e^(t/τ) over the counted votes of an idea, as in ideas/heat.py. exp() of less than -700 would underflow with an
# error, and adds nothing.
HEAT = """
CREATE FUNCTION ideas_heat(which bigint) RETURNS float8 LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(top) + ln(sum(exp(greatest(e - top, -700)))), '-Infinity')
    FROM (
        SELECT e, max(e) OVER () AS top
        FROM (
            SELECT (extract(epoch FROM counted_at) - 1767225600)::float8 / 432000 AS e
            FROM ideas_support WHERE idea_id = which AND state = 'counted'
        ) vote
    ) warmed
$$
"""

# Takes the tally row or leaves it to whoever has it; under the lock, each statement sees all that
# earlier folders committed. The waiting deltas and the votes are read by one statement, so a vote
# and its delta are always seen together or not at all.
FOLD = """
CREATE FUNCTION ideas_fold_tally(which bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    gained integer;
    cooled boolean;
    warmth float8[];
    anew float8;
    supporters integer;
BEGIN
    PERFORM FROM ideas_ideatally WHERE idea_id = which FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        WITH gone AS (
            DELETE FROM ideas_tallydelta WHERE idea_id = which RETURNING supports, heat
        ), change AS (
            SELECT coalesce(sum(supports), 0) AS gained, bool_or(heat IS NULL) AS cooled,
                   array_agg(heat) AS warmth
            FROM gone
        )
        SELECT change.gained, change.cooled, change.warmth,
               CASE WHEN change.cooled THEN ideas_heat(which) END
        INTO gained, cooled, warmth, anew FROM change;
        IF cooled IS NOT NULL THEN
            UPDATE ideas_ideatally SET
                supports = supports + gained,
                hot = CASE WHEN cooled THEN anew ELSE (
                    SELECT max(top) + ln(sum(exp(greatest(e - top, -700))))
                    FROM (SELECT e, max(e) OVER () AS top FROM unnest(warmth || hot) AS e
                          WHERE e > '-Infinity') warmed
                ) END
            WHERE idea_id = which;
        END IF;
    END IF;
    SELECT tally.supports + coalesce((SELECT sum(delta.supports) FROM ideas_tallydelta delta
                                      WHERE delta.idea_id = which), 0)
    INTO supporters FROM ideas_ideatally tally WHERE tally.idea_id = which;
    RETURN supporters;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("ideas", "0001_initial")]

    operations = [
        migrations.RunSQL(HEAT, "DROP FUNCTION ideas_heat(bigint)"),
        migrations.RunSQL(FOLD, "DROP FUNCTION ideas_fold_tally(bigint)"),
        # Tallies change often and grow never: room on the page keeps the updates there.
        migrations.RunSQL(
            "ALTER TABLE ideas_ideatally SET (fillfactor = 75)",
            "ALTER TABLE ideas_ideatally RESET (fillfactor)",
        ),
    ]
