"""Removing what the voters of a measurement left, so that a kept site stays what it was."""

import psycopg

from benchmarks.generator import bulk
from benchmarks.generator.sizes import VOTERS

CLEAN = """
    CREATE TEMPORARY TABLE voters ON COMMIT DROP AS
        SELECT id FROM community_member ORDER BY id DESC LIMIT %(voters)s;
    CREATE TEMPORARY TABLE votes ON COMMIT DROP AS
        SELECT id, idea_id FROM ideas_support WHERE member_id IN (SELECT id FROM voters);
    DELETE FROM ideas_supportchange WHERE support_id IN (SELECT id FROM votes);
    DELETE FROM ideas_support WHERE id IN (SELECT id FROM votes);
    DELETE FROM ideas_tallydelta WHERE idea_id IN (SELECT idea_id FROM votes);
    DELETE FROM activity_eventrecord WHERE actor_id IN (SELECT id FROM voters);
    UPDATE ideas_ideatally tally SET hot = ideas_heat(idea_id), supports = (
        SELECT count(*) FROM ideas_support vote
        WHERE vote.idea_id = tally.idea_id AND vote.state = 'counted'
    ) WHERE idea_id IN (SELECT idea_id FROM votes);
    -- Nobody but a measurement's reviewer is in a team of a generated site.
    DELETE FROM community_teammembership;
    UPDATE community_member SET serves = false WHERE serves;
    TRUNCATE django_session, bench_write
"""


def clean(url: str) -> None:
    """Take the voters' votes back without a trace."""
    with psycopg.connect(url) as connection:
        bulk.hasten(connection)
        for statement in CLEAN.split(";"):
            connection.execute(statement.replace("%(voters)s", str(VOTERS)))
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM (ANALYZE) ideas_ideatally, ideas_support")
