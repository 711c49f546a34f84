"""Parts in an idea: each member who has one is paid once, while the idea is shipped.

A member may have it for several reasons, and loses it with the last of them. A reason counts for
the idea it was given for and for those that stand for this one, as long as they do. Their points
are given when both come true: the part, and the shipping.
"""

from ideas.events import (
    ContributionCredited,
    ContributionTakenBack,
    DecisionMade,
    IdeaOpened,
    IdeasMerged,
    IdeasUnmerged,
)
from reputation.kinds import Cause, Kind, Thing
from reputation.services.booking.turns import number, text

CLAIMING = (
    IdeaOpened,
    ContributionCredited,
    ContributionTakenBack,
    IdeasMerged,
    IdeasUnmerged,
)
SHIPPING = (DecisionMade,)
EVENTS = (*CLAIMING, *SHIPPING)

# Reasons given and taken back. Whoever wrote what was merged has a part in what stands for it.
CLAIMS = f"""
    SELECT log.id AS event, log.occurred_at AS at, co_author::bigint AS member_id,
           {number("idea_id")} AS idea_id, 'co_author'::text AS source,
           {number("idea_id")} AS source_id, NULL::bigint AS duplicate_id, 1 AS sets
    FROM activity_eventrecord log,
         jsonb_array_elements_text(log.payload->'co_author_ids') AS co_author
    WHERE {{where}} AND log.kind = '{IdeaOpened.kind}'
    UNION ALL
    SELECT log.id, log.occurred_at, {number("author_id")}, {number("idea_id")}, 'contribution',
           {number("contribution_id")}, NULL, (log.kind = '{ContributionCredited.kind}')::int
    FROM activity_eventrecord log
    WHERE {{where}} AND log.kind IN ('{ContributionCredited.kind}', '{ContributionTakenBack.kind}')
    UNION ALL
    SELECT log.id, log.occurred_at, {number("author_id")}, {number("idea_id")}, 'merge',
           {number("merge_id")}, {number("duplicate_id")},
           (log.kind = '{IdeasMerged.kind}')::int
    FROM activity_eventrecord log
    WHERE {{where}} AND log.kind IN ('{IdeasMerged.kind}', '{IdeasUnmerged.kind}')
"""
SHIPS = f"""
    SELECT log.id AS event, log.occurred_at AS at, {number("idea_id")} AS idea_id,
           {number("author_id")} AS author_id, ({text("target")} = 'shipped')::int AS sets
    FROM activity_eventrecord log
    WHERE {{where}} AND log.kind = '{DecisionMade.kind}'
      AND ({text("source")} = 'shipped') <> ({text("target")} = 'shipped')
"""
# A merge is undone under the idea that stands for it then; its reason is where it was given.
_CLAIMED = """
    SELECT claim.event, claim.at, claim.member_id, claim.source, claim.source_id,
           claim.duplicate_id,
           coalesce(share.idea_id, first_value(claim.idea_id) OVER of_reason) AS idea_id,
           coalesce(share.stamp, 0) AS stamp_before,
           greatest(share.stamp, max(claim.event * 2 + claim.sets) OVER of_reason) AS stamp
    FROM claim LEFT JOIN reputation_share share USING (source_id, source, member_id)
    WINDOW of_reason AS (PARTITION BY claim.source_id, claim.source, claim.member_id
                         ORDER BY claim.event)
"""
_ALWAYS = "9223372036854775807"
# Whatever an idea touched here stands for or stood for, or is or was under: a few, as a rule.
_FAMILY = """
    family AS (
        SELECT idea_id FROM (
            SELECT idea_id FROM claimed UNION SELECT duplicate_id FROM claimed
            UNION SELECT idea_id FROM ship
        ) AS touched WHERE idea_id IS NOT NULL
        UNION
        SELECT related.idea_id FROM family CROSS JOIN LATERAL (
            SELECT share.duplicate_id AS idea_id FROM reputation_share share
            WHERE share.idea_id = family.idea_id AND share.duplicate_id IS NOT NULL
            UNION ALL
            SELECT share.idea_id FROM reputation_share share
            WHERE share.duplicate_id = family.idea_id
        ) AS related
    )
"""
# From which event on, and up to which one, a reason holds: before all that happens here it is 0.
_SPANS = f"""
    span AS (
        SELECT member_id, idea_id, duplicate_id, since, until FROM (
            SELECT member_id, idea_id, duplicate_id, event AS since,
                   coalesce(lead(event) OVER (
                       PARTITION BY source_id, source, member_id ORDER BY event
                   ), {_ALWAYS}) AS until, stamp
            FROM claimed
            UNION ALL
            SELECT member_id, min(idea_id), min(duplicate_id), 0, min(event), min(stamp_before)
            FROM claimed GROUP BY source_id, source, member_id
            UNION ALL
            SELECT member_id, idea_id, duplicate_id, 0, {_ALWAYS}, stamp
            FROM reputation_share share JOIN family USING (idea_id)
            WHERE NOT EXISTS (
                SELECT FROM claimed WHERE claimed.source_id = share.source_id
                AND claimed.source = share.source AND claimed.member_id = share.member_id
            )
        ) AS state WHERE stamp & 1 = 1
    )
"""
# Which idea counts for which other one, and when: for itself always, by merges while they hold.
_REACH = f"""
    reach AS (
        SELECT idea_id AS below, idea_id, 0::bigint AS since, {_ALWAYS} AS until FROM family
        UNION
        SELECT reach.below, span.idea_id, greatest(reach.since, span.since),
               least(reach.until, span.until)
        FROM reach JOIN span ON span.duplicate_id = reach.idea_id
            AND span.since < reach.until AND reach.since < span.until
    ), part AS (
        SELECT span.member_id, reach.idea_id, greatest(reach.since, span.since) AS since,
               least(reach.until, span.until) AS until
        FROM span JOIN reach ON reach.below = span.idea_id
            AND span.since < reach.until AND reach.since < span.until
    )
"""
# One row for each moment in which a member's part or the idea may have changed, and what was
# before and after it.
_MOMENTS = f"""
    change AS (
        SELECT since AS event, member_id, idea_id, 1 AS more FROM part WHERE since > 0
        UNION ALL
        SELECT until, member_id, idea_id, -1 FROM part WHERE until < {_ALWAYS}
    ), before AS (
        SELECT idea_id, member_id, count(*) FILTER (WHERE since = 0) AS reasons
        FROM part GROUP BY idea_id, member_id
    ), moment AS (
        SELECT change.event, claim.at, idea_id, member_id, more, NULL::bigint AS shipped,
               NULL::bigint AS author_id
        FROM (
            SELECT event, member_id, idea_id, sum(more) AS more
            FROM change GROUP BY event, member_id, idea_id
        ) AS change JOIN (SELECT DISTINCT event, at FROM claim) AS claim USING (event)
        UNION ALL
        SELECT event, at, idea_id, member_id, 0, event * 2 + sets, author_id
        FROM ship JOIN before USING (idea_id)
    ), known AS (
        SELECT moment.*, coalesce(before.reasons, 0) AS reasons,
               coalesce(place.shipped_stamp, 0) AS stamp,
               coalesce(place.author_id, max(moment.author_id) OVER (PARTITION BY moment.idea_id))
                   IS DISTINCT FROM moment.member_id AS is_another
        FROM moment LEFT JOIN before USING (idea_id, member_id)
        LEFT JOIN reputation_circumstance place
            ON place.thing_id = moment.idea_id AND place.thing = '{Thing.IDEA}'
    ), after AS (
        SELECT known.*, is_another AND reasons > 0 AND stamp & 1 = 1 AS was,
               is_another AND reasons + sum(more) OVER so_far > 0
               AND greatest(stamp, max(shipped) OVER so_far) & 1 = 1 AS holds
        FROM known WINDOW so_far AS (PARTITION BY idea_id, member_id ORDER BY event)
    ), paid AS (
        SELECT after.*, coalesce(lag(holds) OVER (
            PARTITION BY idea_id, member_id ORDER BY event
        ), was) AS held FROM after
    )
"""
TABLES = (
    f"claim AS ({CLAIMS}), ship AS ({SHIPS}), claimed AS ({_CLAIMED}), {_FAMILY}, {_SPANS}, "
    f"{_REACH}, {_MOMENTS}"
)
TURNS = f"""
    SELECT event, at, '{Kind.CREDITED}', member_id, member_id, '{Thing.IDEA}', idea_id, 'given',
           holds::int,
           CASE WHEN holds THEN '{Cause.EARNED}'
                WHEN shipped IS NOT NULL THEN '{Cause.UNSHIPPED}'
                ELSE '{Cause.TAKEN_BACK}' END,
           NULL::bigint
    FROM paid WHERE holds <> held
"""
KEEP_CLAIMS = f"""
    WITH claim AS ({CLAIMS}), claimed AS ({_CLAIMED}), kept AS (
        INSERT INTO reputation_share AS known (
            member_id, idea_id, source, source_id, duplicate_id, stamp
        )
        SELECT member_id, min(idea_id), source, source_id, min(duplicate_id), max(stamp)
        FROM claimed GROUP BY source_id, source, member_id
        ON CONFLICT (source_id, source, member_id) DO UPDATE
        SET stamp = greatest(known.stamp, excluded.stamp)
        RETURNING member_id
    )
    INSERT INTO reputation_badgedue (member_id) SELECT DISTINCT member_id FROM kept
"""
KEEP_SHIPPED = f"""
    WITH ship AS ({SHIPS})
    INSERT INTO reputation_circumstance AS known (thing, thing_id, shipped_stamp, author_id)
    SELECT '{Thing.IDEA}', idea_id, max(event * 2 + sets), max(author_id)
    FROM ship GROUP BY idea_id
    ON CONFLICT (thing_id, thing) DO UPDATE
    SET shipped_stamp = greatest(known.shipped_stamp, excluded.shipped_stamp),
        author_id = excluded.author_id
"""
