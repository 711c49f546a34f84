"""What the demo's members were told of its past."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from community import markdown
from community.models import Notification
from config.demo.chronicle import Happening, Past
from ideas import notices
from ideas.events import CommentPosted
from ideas.models import Comment, Decision, Merge
from ideas.subscribers import EXCERPT
from ideas.topics import topic_of

# People read what they are told within some days, and leave the newest for tomorrow.
READ_AFTER = timedelta(days=6)
LEFT_UNREAD = 3


def tell(happenings: Iterable[tuple[int, Happening]], past: Past, now: datetime) -> int:
    """Give everybody the notifications they would have had; returns how many."""
    listening = _listening(past)
    told = [
        notification
        for event_id, happening in happenings
        if happening.behind
        for notification in _notifications(event_id, happening, happening.behind, listening)
    ]
    newest: dict[int, int] = defaultdict(int)
    for notification in reversed(told):
        newest[notification.member_id] += 1
        old = notification.created_at < now - READ_AFTER
        if old and newest[notification.member_id] > LEFT_UNREAD:
            notification.read_at = notification.created_at + timedelta(hours=7)
    Notification.objects.bulk_create(told, batch_size=1000)
    return len(told)


type Listening = dict[int, list[tuple[datetime, int, bool]]]


def _listening(past: Past) -> Listening:
    """For each idea, since when who hears of it; and whether as a mere supporter."""
    found: Listening = defaultdict(list)
    for follow in past.follows:
        found[follow.idea_id].append((follow.created_at, follow.member_id, False))
    for support in past.supports:
        found[support.idea_id].append((support.created_at, support.member_id, True))
    return found


def _notifications(
    event_id: int, happening: Happening, behind: Comment | Decision | Merge, listening: Listening
) -> Iterator[Notification]:
    event = happening.event
    if isinstance(behind, Merge):
        yield _blank(event_id, happening, behind).for_member(behind.duplicate.author_id)
        return
    mentioned = set(event.mentioned) if isinstance(event, CommentPosted) else set()
    supporters_too = isinstance(behind, Decision)
    hearing = {
        member_id
        for since, member_id, is_supporter in listening[behind.idea_id]
        if since < happening.when and (supporters_too or not is_supporter)
    }
    blank = _blank(event_id, happening, behind)
    for member_id in sorted((hearing | mentioned) - {happening.actor_id}):
        notification = blank.for_member(member_id)
        if member_id in mentioned:
            notification.kind = notices.MENTIONED
        yield notification


def _blank(event_id: int, happening: Happening, behind: Comment | Decision | Merge) -> Notification:
    """What all who hear of it are told."""
    idea = behind.duplicate if isinstance(behind, Merge) else behind.idea
    if isinstance(behind, Merge):
        kind, words, url = notices.MERGED_YOURS, behind.note, behind.get_absolute_url()
    elif isinstance(behind, Decision):
        kind, words, url = notices.DECIDED, behind.statement, behind.idea.get_absolute_url()
    else:
        kind = notices.ANSWERED if behind.team_id else notices.COMMENTED
        words, url = behind.body, behind.get_absolute_url()
    return Notification(
        actor_id=happening.actor_id,
        event_id=event_id,
        kind=kind,
        topic=topic_of(idea.root_id),
        subject=idea.title,
        excerpt=markdown.plain(words, EXCERPT),
        url=url,
        created_at=happening.when,
    )
