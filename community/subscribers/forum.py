"""Who hears what of the forum."""

from collections.abc import Iterable, Sequence

from activity.events import Event
from activity.registry import subscribe
from community import markdown
from community.events import AnswerAccepted, ReplyPosted, SolvedMineToo, TopicOpened
from community.models import Reply, SpaceFollow, Topic, TopicFollow
from community.models.topic import TopicKind
from community.notices import forum as notices
from community.services import notifying

EXCERPT = 280


@subscribe(TopicOpened)
def tell_opened(batch: Sequence[TopicOpened]) -> None:
    """Whom a topic names, and who follows its space."""
    topics = Topic.objects.in_bulk([event.topic_id for event in batch])
    for event in batch:
        if topic := topics.get(event.topic_id):
            excerpt = markdown.plain(topic.body, EXCERPT)
            url = topic.get_absolute_url()
            _tell(event, notices.MENTIONED, topic, event.mentioned, excerpt, url)
            announced = event.topic_kind == TopicKind.ANNOUNCEMENT
            kind = notices.ANNOUNCED if announced else notices.OPENED
            _tell(event, kind, topic, _readers(event.space_id), excerpt, url)


@subscribe(ReplyPosted)
def tell_replies(batch: Sequence[ReplyPosted]) -> None:
    """Nobody is told twice of one reply: what says more comes first."""
    replies = _replies([event.reply_id for event in batch])
    for event in batch:
        if said := replies.get(event.reply_id):
            quoted = [event.quoted_id] if event.quoted_id else []
            _tell_of(event, notices.MENTIONED, said, event.mentioned)
            _tell_of(event, notices.QUOTED, said, quoted)
            kind = notices.TEAM_REPLIED if event.official else notices.REPLIED
            _tell_of(event, kind, said, _followers(event.topic_id))


@subscribe(AnswerAccepted)
def tell_accepted(batch: Sequence[AnswerAccepted]) -> None:
    replies = _replies([event.reply_id for event in batch])
    for event in batch:
        if said := replies.get(event.reply_id):
            _tell_of(event, notices.ACCEPTED, said, [event.author_id])
            followers = {*_followers(event.topic_id), event.asker_id}
            _tell_of(event, notices.SOLVED, said, followers)


@subscribe(SolvedMineToo)
def tell_solved_too(batch: Sequence[SolvedMineToo]) -> None:
    replies = _replies([event.reply_id for event in batch])
    for event in batch:
        if said := replies.get(event.reply_id):
            _tell_of(event, notices.SOLVED_TOO, said, [event.author_id])


def _replies(ids: Iterable[int]) -> dict[int, Reply]:
    """Those that are still shown, with their topics."""
    return Reply.objects.shown().select_related("topic").in_bulk(list(ids))


def _followers(topic_id: int) -> Iterable[int]:
    return TopicFollow.objects.filter(topic_id=topic_id).values_list("member_id", flat=True)


def _readers(space_id: int) -> Iterable[int]:
    return SpaceFollow.objects.filter(space_id=space_id).values_list("member_id", flat=True)


def _tell_of(event: Event, kind: str, said: Reply, recipients: Iterable[int]) -> None:
    excerpt = markdown.plain(said.body, EXCERPT)
    _tell(event, kind, said.topic, recipients, excerpt, said.get_absolute_url())


def _tell(
    event: Event, kind: str, topic: Topic, recipients: Iterable[int], excerpt: str, url: str
) -> None:
    if topic.hidden_at:
        return
    notifying.notify(
        event_id=event.id,
        kind=kind,
        topic=notices.subject_of(topic.pk),
        subject=topic.title,
        excerpt=excerpt,
        url=url,
        actor_id=event.actor_id,
        recipients=recipients,
        occurred_at=event.when,
    )
