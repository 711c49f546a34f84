"""Profiles and friendships: circles of members who know each other, and a few whom many know.

Chance is a hash of the row's number, so that a site of a size is the same every time.
"""

from benchmarks.generator.bulk import Rows
from benchmarks.generator.sizes import Size

# Filled without triggers, which make these for members who join.
PROFILES = """
    INSERT INTO community_profile (member_id, location, found_for)
    SELECT id, CASE WHEN id % 3 = 0 THEN 'Town ' || id % 400 ELSE '' END,
           CASE WHEN id % 4 = 0 THEN 0 ELSE 1 END
    FROM community_member ORDER BY id
"""
_CHANCE = "((hashint8extended(n, {0}) & 2147483647) / 2147483648.0)"
# Of a hundred pairs ninety are of one circle (the nearer the likelier), the others with somebody
# who is the better known the smaller the number; one in twenty is still a request.
FRIENDSHIPS = f"""
    WITH drawn AS (
        SELECT n, 1 + floor({_CHANCE.format(1)} * %(members)s)::bigint AS one,
               {_CHANCE.format(2)} AS far, {_CHANCE.format(3)} AS near
        FROM generate_series(1, %(friendships)s) n
    ), paired AS (
        SELECT n, one, CASE WHEN far < 0.9
                            THEN 1 + (one - 1 + ceil(exp(near * ln(80)))::bigint) %% %(members)s
                            ELSE 1 + floor(near ^ 3 * %(members)s)::bigint END AS other
        FROM drawn
    )
    INSERT INTO community_friendship (
        lo_id, hi_id, state, requested_by_id, requested_of_id, requested_at, answered_at
    )
    SELECT DISTINCT ON (lo, hi) lo, hi, state, one, other, at, CASE state WHEN 'friends' THEN at END
    FROM (
        SELECT n, one, other, least(one, other) AS lo, greatest(one, other) AS hi,
               CASE WHEN n %% 20 = 0 THEN 'pending' ELSE 'friends' END AS state,
               now() - {_CHANCE.format(4)} * interval '3 years' AS at
        FROM paired WHERE one <> other
    ) pair
    ORDER BY lo, hi, n
"""
# Both sides, as the trigger writes them.
SIDES = """
    INSERT INTO community_friend (member_id, friend_id, since)
    SELECT lo_id, hi_id, answered_at FROM community_friendship WHERE state = 'friends'
    UNION ALL
    SELECT hi_id, lo_id, answered_at FROM community_friendship WHERE state = 'friends'
    ORDER BY 1
"""


def befriend(connection: Rows, size: Size, extra: int) -> None:
    """Profiles of all members, and the friendships among them and the `extra` ones."""
    connection.execute(PROFILES)
    facts = {"members": size.members + extra, "friendships": size.friendships}
    connection.execute(FRIENDSHIPS, facts)
    connection.execute(SIDES)
