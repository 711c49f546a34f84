"""Which facts of the log a feed is made of. One statement, whatever the size of the site."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from activity.events import Event, class_of
from community.cursors import LARGEST_ID, Key, moment
from community.models import Member
from community.models.sight import Visibility
from ideas.events import CommentPosted, DecisionMade, IdeaOpened, SupportGiven

BY_TIME = Key("when", moment)
# So many of each are asked, the newest first: nobody reads more, and the statement stays short.
MOST_NEAR, MOST_TOPICS = 1000, 500
KINDS = (IdeaOpened, CommentPosted, SupportGiven, DecisionMade)
WITHOUT_SUPPORTS = (IdeaOpened, CommentPosted, DecisionMade)
# Behind nothing: the first page.
START = (datetime.max.replace(tzinfo=UTC), LARGEST_ID)

# Each LATERAL reads the head of one stretch of an index: of what one member did of one kind, or
# of what was done about one topic. A friend's comments and supports are told as far as their
# profile shows them. `away` are those whose deeds the reader does not want to hear of, or who do
# not want this reader; what is done for a team has nobody's name in activity_about.
FOUND = """
WITH away AS (
    SELECT %(me)s::bigint AS id
    UNION SELECT muted_id FROM community_mute WHERE member_id = %(me)s
    UNION SELECT blocked_id FROM community_block WHERE blocker_id = %(me)s
    UNION SELECT blocker_id FROM community_block WHERE blocked_id = %(me)s
), near AS (
    SELECT id, max(nearness) AS nearness FROM (
        (SELECT friend_id AS id, %(friends)s AS nearness FROM community_friend
         WHERE member_id = %(me)s ORDER BY since DESC, id DESC LIMIT %(most_near)s)
        UNION ALL
        (SELECT followed_id, %(members)s FROM community_memberfollow
         WHERE member_id = %(me)s ORDER BY id DESC LIMIT %(most_near)s)
    ) known
    WHERE id NOT IN (SELECT id FROM away) GROUP BY id
), topics AS (
    SELECT 'idea:' || COALESCE(tally.merged_into_id, tally.idea_id) AS topic
    FROM (SELECT idea_id FROM ideas_follow
          WHERE member_id = %(me)s ORDER BY id DESC LIMIT %(most_topics)s) followed
    JOIN ideas_ideatally tally ON tally.idea_id = followed.idea_id
    UNION ALL SELECT 'board:' || board_id FROM ideas_boardfollow WHERE member_id = %(me)s
    UNION ALL SELECT 'tag:' || tag_id FROM ideas_tagfollow WHERE member_id = %(me)s
), found AS (
    SELECT deed.id, deed.occurred_at
    FROM near
    JOIN community_member member ON member.id = near.id AND member.is_active
    JOIN community_profile profile ON profile.member_id = near.id
    CROSS JOIN LATERAL (VALUES
        ('ideas.opened', 0), ('ideas.comment_posted', profile.comments_for),
        ('ideas.support_given', profile.supports_for)
    ) AS shown (kind, part)
    CROSS JOIN LATERAL (
        SELECT id, occurred_at FROM activity_eventrecord
        WHERE actor_id = near.id AND kind = shown.kind AND shown.part <= near.nearness
          AND (occurred_at, id) < (%(at)s, %(id)s)
        ORDER BY occurred_at DESC, id DESC LIMIT %(most)s
    ) deed
    WHERE shown.kind = ANY(%(kinds)s)
    UNION
    SELECT fact.event_id, fact.occurred_at
    FROM topics CROSS JOIN LATERAL (
        SELECT event_id, occurred_at FROM activity_about
        WHERE topic = topics.topic AND (occurred_at, event_id) < (%(at)s, %(id)s)
          AND (actor_id IS NULL OR actor_id <> ALL (ARRAY(SELECT id FROM away)))
        ORDER BY occurred_at DESC, event_id DESC LIMIT %(most)s
    ) fact
), newest AS (
    SELECT id FROM found ORDER BY occurred_at DESC, id DESC LIMIT %(most)s
)
SELECT event.id, event.kind, event.payload::text, event.actor_id, event.occurred_at
FROM newest JOIN activity_eventrecord event ON event.id = newest.id
WHERE event.kind = ANY(%(kinds)s)
ORDER BY event.occurred_at DESC, event.id DESC
"""


def events_for(
    member: Member, cursor: str, size: int, kinds: Collection[type[Event]] = KINDS
) -> list[Event]:
    """The newest facts behind a place, at most `size`. One statement. Raises BadCursor."""
    at, behind = BY_TIME.decode(cursor) if cursor else START
    values: dict[str, Any] = {
        "me": member.pk,
        "friends": Visibility.FRIENDS.value,
        "members": Visibility.MEMBERS.value,
        "most_near": MOST_NEAR,
        "most_topics": MOST_TOPICS,
        "most": size,
        "kinds": [kind.kind for kind in kinds],
        "at": at,
        "id": behind,
    }
    with connection.cursor() as asked:
        asked.execute(FOUND, values)
        return [_event(*row) for row in asked.fetchall()]


def _event(pk: int, kind: str, payload: str, actor_id: int | None, occurred_at: datetime) -> Event:
    return class_of(kind).from_row(
        json.loads(payload), event_id=pk, actor_id=actor_id, occurred_at=occurred_at
    )
