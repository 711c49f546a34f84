"""What was earned on a generated site: days out of the votes, and where its ideas stand.

The ledger itself is left empty: draining the log into it is measured on its own.
"""

from benchmarks.generator.bulk import Rows

# By the first rules: ten points a vote, a hundred a day.
DAYS = """
    INSERT INTO reputation_day (member_id, day, capped, free, points)
    SELECT author_id, day, 10 * votes, 0, least(10 * votes, 100)
    FROM (
        SELECT idea.author_id, (counted_at AT TIME ZONE 'UTC')::date AS day, count(*) AS votes
        FROM ideas_support support JOIN ideas_idea idea ON idea.id = support.idea_id
        WHERE support.state = 'counted' GROUP BY 1, 2
    ) AS earned
"""
STANDING = """
    UPDATE community_member member SET standing = sums.points
    FROM (SELECT member_id, sum(points) AS points FROM reputation_day GROUP BY member_id) AS sums
    WHERE sums.member_id = member.id
"""
PLACES = """
    INSERT INTO reputation_place (idea_id, board_id, tag_ids, stamp)
    SELECT idea.id, idea.board_id, coalesce(tagged.ids, '{}'), 1
    FROM ideas_idea idea LEFT JOIN (
        SELECT content_object_id, array_agg(tag_id) AS ids FROM ideas_ideatag GROUP BY 1
    ) AS tagged ON tagged.content_object_id = idea.id
    WHERE idea.status <> 'draft'
"""


def earn(connection: Rows) -> None:
    for statement in (DAYS, STANDING, PLACES):
        connection.execute(statement)
