"""Where on the site things stand, kept from the log. Reading it again changes nothing."""

from django.db import connection, transaction

from activity.registry import Window
from ideas.events import CommentPosted, DecisionMade, IdeaOpened, IdeasSorted
from reputation.services.booking.turns import number

# Opened and decided events name the place of one idea, the sorted ones that of many.
HEARD = (IdeaOpened, DecisionMade, IdeasSorted, CommentPosted)
_PLACES = f"""
    WITH told AS (
        SELECT log.id AS event, {number("idea_id")} AS idea_id, {number("board_id")} AS board_id,
               ARRAY(SELECT tag::bigint
                     FROM jsonb_array_elements_text(log.payload->'tag_ids') AS tag) AS tag_ids
        FROM activity_eventrecord log
        WHERE {Window.where} AND log.kind IN ('{IdeaOpened.kind}', '{DecisionMade.kind}')
          -- Decisions that were made before they told it.
          AND {number("board_id")} > 0
        UNION ALL
        SELECT log.id, (line->>0)::bigint, (line->>1)::bigint,
               ARRAY(SELECT tag::bigint
                     FROM jsonb_array_elements_text(line) WITH ORDINALITY AS part (tag, nth)
                     WHERE nth > 2)
        FROM activity_eventrecord log, jsonb_array_elements(log.payload->'places') AS line
        WHERE {Window.where} AND log.kind = '{IdeasSorted.kind}'
    )
    INSERT INTO reputation_place AS known (idea_id, board_id, tag_ids, stamp)
    SELECT DISTINCT ON (idea_id) idea_id, board_id, tag_ids, event
    FROM told ORDER BY idea_id, event DESC
    ON CONFLICT (idea_id) DO UPDATE
    SET board_id = excluded.board_id, tag_ids = excluded.tag_ids, stamp = excluded.stamp
    WHERE known.stamp < excluded.stamp
"""
_REMARKS = f"""
    INSERT INTO reputation_remark (comment_id, idea_id)
    SELECT {number("comment_id")}, {number("idea_id")}
    FROM activity_eventrecord log
    WHERE {Window.where} AND log.kind = '{CommentPosted.kind}'
    ON CONFLICT DO NOTHING
"""


@transaction.atomic
def keep_places(*, window: Window) -> None:
    """Keep what a stretch of the log says of where ideas and comments stand."""
    with connection.cursor() as cursor:
        for statement, kinds in ((_PLACES, HEARD[:3]), (_REMARKS, HEARD[3:])):
            if window.found & {event.kind for event in kinds}:
                cursor.execute(statement, window.values)
