"""Topics: opening, changing, closing and following them."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community import markdown
from community.errors import Refused
from community.events import TopicOpened
from community.models import Member, Space, SpaceFollow, Topic, TopicFollow, TopicRevision
from community.models.topic import TopicKind
from community.notices.forum import subject_of
from community.policies import forum as policies
from community.policies.teams import team_ids
from community.policies.writing import can_link
from community.services import notifying

SNIPPET = 240
MOST_TAGS = 5
LONGEST_TAG = 40
# How soon the same words again were not meant.
DOUBLE_CLICK = timedelta(seconds=30)


def mentioned_in(words: str) -> list[int]:
    """The ids of the members whom a text mentions."""
    handles = markdown.mentioned(words)
    members = Member.objects.active().filter(handle__in=handles) if handles else ()
    return sorted(member.pk for member in members)


@transaction.atomic
def open_topic(
    *,
    space: Space,
    by: Member,
    kind: str,
    title: str,
    body: str,
    language: str,
    tags: Sequence[str] = (),
) -> Topic:
    """Bring something up. Its author follows it.

    The same words again at once are a double click: the topic that stands is returned.
    """
    policies.can_open(by, space, kind).enforce()
    can_link(by, body).enforce()
    if len(tags) > MOST_TAGS:
        raise Refused(_("Use five tags at the most."), code="too_many_tags")
    if opened := _opened_just_now(space, by, title, body):
        return opened
    announces = kind == TopicKind.ANNOUNCEMENT
    topic = Topic(space=space, author=by, kind=kind, language=language)
    topic.team_id = space.team_id if announces or space.team_id in team_ids(by) else None
    _write(topic, title, body)
    topic.save()
    topic.tags.set(tags)
    TopicFollow.objects.create(topic=topic, member=by)
    record(_opened(topic), actor=by)
    return topic


def _opened_just_now(space: Space, by: Member, title: str, body: str) -> Topic | None:
    # One at a time, so that of two clicks at once the second sees what the first has done.
    Member.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
    recently = timezone.now() - DOUBLE_CLICK
    same = Topic.objects.filter(author=by, space=space, title=title, created_at__gt=recently)
    return same.filter(body=body, hidden_at=None).first()


def _write(topic: Topic, title: str, body: str) -> None:
    topic.title, topic.body = title, body
    topic.body_html = markdown.render(body)
    topic.snippet = markdown.plain(body, SNIPPET)


def _opened(topic: Topic) -> TopicOpened:
    return TopicOpened(
        topic_id=topic.pk,
        space_id=topic.space_id,
        author_id=topic.author_id,
        topic_kind=topic.kind,
        official=topic.team_id is not None,
        mentioned=mentioned_in(topic.body),
    )


def locked(topic: Topic) -> Topic:
    """The topic as it is now, held until the transaction ends."""
    rows = Topic.objects.select_for_update(of=("self",), no_key=True).defer("search")
    return rows.select_related("space").get(pk=topic.pk)


@transaction.atomic
def edit_topic(
    *, topic: Topic, by: Member, version: int, title: str, body: str, tags: Sequence[str]
) -> Topic:
    """Change one's topic; what it said before stays readable. Refused as `stale` when late."""
    topic = locked(topic)
    policies.can_edit_topic(by, topic).enforce()
    can_link(by, body, before=topic.body).enforce()
    if topic.version != version:
        raise Refused(_("This topic was changed while you were writing."), code="stale")
    if len(tags) > MOST_TAGS:
        raise Refused(_("Use five tags at the most."), code="too_many_tags")
    topic.tags.set(tags)
    if (title, body) == (topic.title, topic.body):
        return topic
    TopicRevision.objects.create(
        topic=topic, number=topic.version, title=topic.title, body=topic.body
    )
    _write(topic, title, body)
    topic.version += 1
    topic.edited_at = timezone.now()
    topic.save(update_fields=["title", "body", "body_html", "snippet", "version", "edited_at"])
    return topic


@transaction.atomic
def set_closed(*, topic: Topic, by: Member, closed: bool) -> Topic:
    """Take no more replies, or take them again."""
    topic = locked(topic)
    policies.can_close(by, topic).enforce()
    if bool(topic.closed_at) == closed:
        return topic
    topic.closed_at = timezone.now() if closed else None
    topic.closed_by = by if closed else None
    topic.save(update_fields=["closed_at", "closed_by"])
    return topic


@transaction.atomic
def follow(*, topic: Topic, member: Member) -> None:
    """Hear what is said in a topic; mails about it come again if they had been stopped."""
    TopicFollow.objects.bulk_create(
        [TopicFollow(topic=topic, member=member)], ignore_conflicts=True
    )
    notifying.unmute(member=member, topic=subject_of(topic.pk))


@transaction.atomic
def unfollow(*, topic: Topic, member: Member) -> None:
    """Hear no more of a topic."""
    TopicFollow.objects.filter(topic=topic, member=member).delete()


@transaction.atomic
def follow_space(*, space: Space, member: Member) -> None:
    """Hear of each new topic of a space."""
    SpaceFollow.objects.bulk_create(
        [SpaceFollow(space=space, member=member)], ignore_conflicts=True
    )


@transaction.atomic
def unfollow_space(*, space: Space, member: Member) -> None:
    """Hear no more of its new topics."""
    SpaceFollow.objects.filter(space=space, member=member).delete()
