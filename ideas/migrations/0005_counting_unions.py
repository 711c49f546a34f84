"""An idea that others were merged into counts their supporters and comments, too."""

import importlib

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# Supporters and heat of an idea and of all that were merged into it: each member once, from the
# first vote that counts, and without the idea's own author, who may have supported a twin.
UNION = """
CREATE FUNCTION ideas_union(which bigint) RETURNS float8[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY[count(*), coalesce(max(top) + ln(sum(exp(greatest(e - top, -700)))), '-Infinity')]
    FROM (
        SELECT e, max(e) OVER () AS top
        FROM (
            SELECT (extract(epoch FROM min(counted_at)) - 1767225600)::float8 / 432000 AS e
            FROM ideas_support
            WHERE state = 'counted'
              AND idea_id IN (SELECT which UNION ALL
                              SELECT id FROM ideas_idea WHERE merged_into_id = which)
              AND member_id <> (SELECT author_id FROM ideas_idea WHERE id = which)
            GROUP BY member_id
        ) vote
    ) warmed
$$
"""

# As before for an idea that stands alone. What decides is read under the tally row's lock, not by
# the voter: whether the idea gathers others, so that its votes are counted anew, and whether it
# was merged, so that its survivor's are. A merge that comes in between waits for this row, and
# what it finds then is recounted by it. Nothing here waits: a survivor that is busy is left a
# delta, which is folded later like a voter's.
FOLD = """
CREATE OR REPLACE FUNCTION ideas_fold_tally(which bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    gained integer;
    cooled boolean;
    recounted boolean;
    warmth float8[];
    anew float8[];
    survivor bigint;
    gathered integer;
    supporters integer;
BEGIN
    SELECT merged_into_id, gathers INTO survivor, gathered
    FROM ideas_ideatally WHERE idea_id = which FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        WITH gone AS (
            DELETE FROM ideas_tallydelta WHERE idea_id = which RETURNING supports, heat
        ), change AS (
            SELECT coalesce(sum(supports), 0) AS gained, bool_or(heat IS NULL) AS cooled,
                   bool_or(supports IS NULL OR gathered > 0) AS recounted,
                   array_agg(heat) AS warmth
            FROM gone
        )
        SELECT change.gained, change.cooled, change.recounted, change.warmth,
               CASE WHEN change.recounted THEN ideas_union(which)
                    WHEN change.cooled THEN ARRAY[NULL, ideas_heat(which)] END
        INTO gained, cooled, recounted, warmth, anew FROM change;
        IF cooled IS NOT NULL THEN
            UPDATE ideas_ideatally SET
                supports = CASE WHEN recounted THEN anew[1] ELSE supports + gained END,
                hot = CASE WHEN recounted OR cooled THEN anew[2] ELSE (
                    SELECT max(top) + ln(sum(exp(greatest(e - top, -700))))
                    FROM (SELECT e, max(e) OVER () AS top FROM unnest(warmth || hot) AS e
                          WHERE e > '-Infinity') warmed
                ) END
            WHERE idea_id = which;
            IF survivor IS NOT NULL THEN
                INSERT INTO ideas_tallydelta (idea_id) VALUES (survivor);
                PERFORM ideas_fold_tally(survivor);
            END IF;
        END IF;
    END IF;
    SELECT CASE WHEN tally.gathers > 0 AND waiting.deltas > 0
                THEN (ideas_union(which))[1] ELSE tally.supports + waiting.supports END
    INTO supporters
    FROM ideas_ideatally tally,
         (SELECT count(*) AS deltas, coalesce(sum(supports), 0) AS supports
          FROM ideas_tallydelta WHERE idea_id = which) waiting
    WHERE tally.idea_id = which;
    RETURN supporters;
END
$$
"""
_BEFORE = importlib.import_module("ideas.migrations.0002_functions").FOLD
FOLD_BEFORE = _BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0004_showing_promises'),
    ]

    operations = [
        migrations.RunSQL(UNION, "DROP FUNCTION ideas_union(bigint)"),
        migrations.RunSQL(FOLD, FOLD_BEFORE),
        pgtrigger.migrations.RemoveTrigger(
            model_name='comment',
            name='comments_are_counted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='idea',
            name='tally_follows_its_idea',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='comments_are_counted', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE more integer; survivor bigint;', func="\n                more := (CASE WHEN TG_OP <> 'DELETE' AND NEW.hidden_at IS NULL THEN 1 ELSE 0 END)\n                    - (CASE WHEN TG_OP <> 'INSERT' AND OLD.hidden_at IS NULL THEN 1 ELSE 0 END);\n                UPDATE ideas_ideatally SET comments = comments + more\n                WHERE idea_id = COALESCE(NEW.idea_id, OLD.idea_id)\n                RETURNING merged_into_id INTO survivor;\n                IF survivor IS NOT NULL THEN\n                    UPDATE ideas_ideatally SET comments = comments + more\n                    WHERE idea_id = survivor;\n                END IF;\n                RETURN NULL;\n                ", hash='f6292e3c3eff3291fa565704e3e903bf04e6568b', operation='INSERT OR DELETE OR UPDATE OF "hidden_at"', pgid='pgtrigger_comments_are_counted_e64c3', table='ideas_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='idea',
            trigger=pgtrigger.compiler.Trigger(name='tally_follows_its_idea', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                UPDATE ideas_ideatally SET board_id = NEW.board_id, status = NEW.status,\n                    listed = NEW.status <> 'draft' AND NEW.hidden_at IS NULL\n                             AND NEW.merged_into_id IS NULL,\n                    opened_at = NEW.opened_at, merged_into_id = NEW.merged_into_id\n                WHERE idea_id = NEW.id;\n                IF OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id THEN\n                    UPDATE ideas_ideatally SET\n                        gathers = gathers\n                            + (CASE WHEN idea_id = NEW.merged_into_id THEN 1 ELSE -1 END),\n                        comments = comments\n                            + (CASE WHEN idea_id = NEW.merged_into_id THEN 1 ELSE -1 END)\n                            * (SELECT count(*) FROM ideas_comment\n                               WHERE ideas_comment.idea_id = NEW.id AND hidden_at IS NULL)\n                    WHERE idea_id IN (OLD.merged_into_id, NEW.merged_into_id);\n                    INSERT INTO ideas_tallydelta (idea_id)\n                    SELECT root FROM unnest(ARRAY[OLD.merged_into_id, NEW.merged_into_id]) root\n                    WHERE root IS NOT NULL;\n                END IF;\n                RETURN NULL;\n                ", hash='54351f8bd5d51144cadba6311bcae56a4d0930c4', operation='UPDATE OF "status", "board_id", "hidden_at", "opened_at", "merged_into_id"', pgid='pgtrigger_tally_follows_its_idea_b248d', table='ideas_idea', when='AFTER')),
        ),
    ]
