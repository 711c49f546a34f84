"""The demo's forum: spaces, topics, replies, answers and whom they helped."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from taggit.models import Tag

from community import markdown, wilson
from community.events import AnswerAccepted, ReplyPosted, SolvedMineToo, TopicOpened
from community.models import (
    Member,
    Reply,
    ReplyMark,
    SolvedToo,
    Space,
    Team,
    Topic,
    TopicFollow,
    TopicTag,
)
from community.models.topic import TopicKind
from community.services.topics import SNIPPET
from config.demo.chronicle import Happening
from config.demo.content import HERE, Row, at
from config.demo.people import Community
from config.demo.proposals import Proposals
from ideas.models import TopicLink
from ideas.models.topic_link import LinkKind


@dataclass(frozen=True)
class Forum:
    """Everything that was said, with the row that each topic was read from."""

    topics: list[tuple[Row, Topic]]
    replies: list[tuple[Row, Reply]]
    solved: list[SolvedToo]


def fill(community: Community, posted: Proposals, now: datetime, chance: Random) -> list[Happening]:
    """Write the forum and tie it to ideas; returns what happened there."""
    forum = open_up(community, now, chance)
    tie(forum, posted)
    return list(happenings(forum))


def open_up(community: Community, now: datetime, chance: Random) -> Forum:
    """Write the forum."""
    rows = json.loads((HERE / "forum.json").read_text(encoding="utf-8"))
    teams = Team.objects.in_bulk(field_name="slug")
    spaces = {
        row["slug"]: Space.objects.create(**row | {"team": teams[row["team"]]})
        for row in rows["spaces"]
    }
    topics = [(row, _topic(row, spaces[row["space"]], community, now)) for row in rows["topics"]]
    topics.sort(key=lambda pair: pair[1].created_at)
    Topic.objects.bulk_create(topic for _row, topic in topics)
    _tag(topics)
    said = list(_replies(topics, community, now))
    readers = [member for member in community.members.values() if member.is_verified]
    _mark(said, readers, now, chance)
    solved = _solve(said, readers, now, chance)
    _follow(topics, said)
    return Forum(topics, said, solved)


def _topic(row: Row, space: Space, community: Community, now: datetime) -> Topic:
    official = community.team_of.get(row["author"]) == space.team_id
    return Topic(
        space=space,
        author=community.members[row["author"]],
        team_id=space.team_id if official else None,
        kind=row["kind"],
        title=row["title"],
        body=row["body"],
        body_html=markdown.render(row["body"]),
        snippet=markdown.plain(row["body"], SNIPPET),
        language=row["language"],
        created_at=at(now, row["days"]),
        closed_at=at(now, row["closed"]) if "closed" in row else None,
    )


def _tag(topics: list[tuple[Row, Topic]]) -> None:
    for row, topic in topics:
        for name in row["tags"]:
            tag, _new = Tag.objects.get_or_create(name=name)
            TopicTag.objects.create(tag=tag, content_object=topic)


def _replies(
    topics: list[tuple[Row, Topic]], community: Community, now: datetime
) -> Iterator[tuple[Row, Reply]]:
    """One by one, since a reply can quote one that was written before it."""
    for row, topic in topics:
        written: list[Reply] = []
        for said in row["replies"]:
            quoted = written[said["quotes"]] if "quotes" in said else None
            reply = _reply(said, topic, quoted, community, now)
            reply.save()
            written.append(reply)
            yield said, reply


def _reply(
    said: Row, topic: Topic, quoted: Reply | None, community: Community, now: datetime
) -> Reply:
    when, helpful = at(now, said["days"]), said["helpful"]
    official = community.team_of.get(said["by"]) == topic.space.team_id
    accepted = said.get("accepted")
    return Reply(
        topic=topic,
        author=community.members[said["by"]],
        team_id=topic.space.team_id if official else None,
        quotes=quoted,
        body=said["body"],
        body_html=markdown.render(said["body"]),
        language=topic.language,
        created_at=when,
        accepted_at=when + timedelta(hours=3) if accepted else None,
        accepted_by=topic.author if accepted else None,
        helpful=helpful,
        helpful_score=wilson.lower_bound(helpful, 0),
    )


def _mark(
    said: list[tuple[Row, Reply]], readers: list[Member], now: datetime, chance: Random
) -> None:
    ReplyMark.objects.bulk_create(
        ReplyMark(reply=reply, member=reader, helpful=True, marked_at=_later(reply, now, chance))
        for _row, reply in said
        for reader in chance.sample([r for r in readers if r != reply.author], reply.helpful)
    )


def _solve(
    said: list[tuple[Row, Reply]], readers: list[Member], now: datetime, chance: Random
) -> list[SolvedToo]:
    return SolvedToo.objects.bulk_create(
        SolvedToo(reply=reply, member=reader, said_at=_later(reply, now, chance))
        for row, reply in said
        for reader in chance.sample(_others(readers, reply), row.get("solved", 0))
    )


def _others(readers: list[Member], reply: Reply) -> list[Member]:
    return [reader for reader in readers if reader not in (reply.author, reply.topic.author)]


def _later(reply: Reply, now: datetime, chance: Random) -> datetime:
    moment: datetime = reply.created_at + (now - reply.created_at) * chance.uniform(0.05, 0.9)
    return moment


def _follow(topics: list[tuple[Row, Topic]], said: list[tuple[Row, Reply]]) -> None:
    began = [(topic.pk, topic.author_id, topic.created_at) for _row, topic in topics]
    began += [(reply.topic_id, reply.author_id, reply.created_at) for _row, reply in said]
    TopicFollow.objects.bulk_create(
        (TopicFollow(topic_id=t, member_id=m, created_at=when) for t, m, when in began),
        ignore_conflicts=True,
    )


def tie(forum: Forum, proposals: Proposals) -> None:
    """Link topics with the ideas that they became or belong to."""
    ideas = {row["key"]: idea for row, idea in proposals}
    for row, topic in forum.topics:
        for name, kind in (("became", LinkKind.BECAME), ("related", LinkKind.RELATED)):
            if name in row:
                TopicLink.objects.create(
                    topic=topic, idea=ideas[row[name]], kind=kind, member=topic.author
                )


def happenings(forum: Forum) -> Iterator[Happening]:
    """What of it stands in the log."""
    for _row, topic in forum.topics:
        yield Happening(topic.created_at, topic.author_id, _opened(topic))
    for _row, reply in forum.replies:
        yield Happening(reply.created_at, reply.author_id, _posted(reply))
        if reply.accepted_at:
            accepted = AnswerAccepted(
                topic_id=reply.topic_id,
                reply_id=reply.pk,
                author_id=reply.author_id,
                asker_id=reply.topic.author_id,
            )
            yield Happening(reply.accepted_at, reply.topic.author_id, accepted)
    for solved in forum.solved:
        too = SolvedMineToo(
            topic_id=solved.reply.topic_id,
            reply_id=solved.reply_id,
            author_id=solved.reply.author_id,
            member_id=solved.member_id,
        )
        yield Happening(solved.said_at, solved.member_id, too)


def _opened(topic: Topic) -> TopicOpened:
    return TopicOpened(
        topic_id=topic.pk,
        space_id=topic.space_id,
        author_id=topic.author_id,
        topic_kind=TopicKind(topic.kind).value,
        official=topic.team_id is not None,
    )


def _posted(reply: Reply) -> ReplyPosted:
    return ReplyPosted(
        topic_id=reply.topic_id,
        reply_id=reply.pk,
        author_id=reply.author_id,
        official=reply.team_id is not None,
        quoted_id=reply.quotes.author_id if reply.quotes else None,
    )
