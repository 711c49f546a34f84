"""Who hears of an idea and of all that were merged into it, and how many people that are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from ideas.models import Follow, Idea, Support
from ideas.topics import topic_of

# Who has waited for longer than this waits long.
LONG = timedelta(days=180)

# Those whom ideas.subscribers.tell_decisions tells, each once, with the day they began to wait:
# of the idea and of all that were merged into it.
_ASK = """
    WITH here AS (
        SELECT id, author_id, opened_at, created_at FROM ideas_idea
        WHERE id = %(idea)s OR merged_into_id = %(idea)s
    )
    SELECT count(*),
           count(*) FILTER (WHERE member.mails AND member.email_verified_at IS NOT NULL
               AND NOT EXISTS (SELECT FROM community_muted muted
                               WHERE muted.member_id = member.id AND muted.topic = %(topic)s)),
           count(*) FILTER (WHERE waits.since < %(long)s),
           min(waits.since),
           coalesce(array_agg(DISTINCT member.language ORDER BY member.language), '{}')
    FROM (
        SELECT member_id, min(since) AS since FROM (
            SELECT member_id, created_at AS since FROM ideas_support
            WHERE idea_id IN (SELECT id FROM here) AND state <> 'withdrawn'
            UNION ALL
            SELECT member_id, created_at FROM ideas_follow WHERE idea_id IN (SELECT id FROM here)
            UNION ALL
            SELECT author_id, coalesce(opened_at, created_at) FROM here
        ) AS everybody
        GROUP BY member_id
    ) AS waits
    JOIN community_member member ON member.id = waits.member_id
    WHERE member.is_active AND member.id <> %(by)s
"""


@dataclass(frozen=True)
class Reach:
    """`people` are told in the page, `by_mail` of them by e-mail, too. `long` have waited for
    more than half a year, the first of all since `since`. `languages` are those they read."""

    people: int
    by_mail: int
    long: int
    since: datetime | None
    languages: tuple[str, ...]

    @property
    def by_page_only(self) -> int:
        return self.people - self.by_mail


def reach_of(idea: Idea, *, by: int) -> Reach:
    """Whom a decision on this idea would tell when `by` (a member's id) makes it. One statement."""
    asked: dict[str, int | str | datetime] = {
        "idea": idea.pk,
        "by": by,
        "topic": topic_of(idea.pk),
        "long": timezone.now() - LONG,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASK, asked)
        people, by_mail, long, since, languages = cursor.fetchone()
    return Reach(people, by_mail, long, since, tuple(languages))


def followers_of(idea_id: int) -> Iterable[int]:
    return Follow.objects.in_group(idea_id).values_list("member_id", flat=True)


def supporters_of(idea_id: int) -> Iterable[int]:
    return Support.objects.active().in_group(idea_id).values_list("member_id", flat=True)


def authors_of(idea_id: int) -> Iterable[int]:
    return Idea.objects.in_group(idea_id).values_list("author_id", flat=True)
