"""What can be reported, and what it says: one kind like the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.models import Member, Reply, Topic
from community.models.sight import Visibility
from ideas.models import Comment, Idea
from ideas.status import Status

type Hideable = Idea | Comment | Topic | Reply
type Thing = Hideable | Member


class Kind(models.TextChoices):
    IDEA = "idea", _("Idea")
    COMMENT = "comment", _("Comment")
    TOPIC = "topic", _("Topic")
    REPLY = "reply", pgettext_lazy("kind", "Reply")
    PROFILE = "profile", _("Profile")


# Each kind has a column of its own wherever a thing is named.
KINDS = tuple(Kind.values)


@dataclass(frozen=True)
class Said:
    """What a thing says at a moment, and whose it is. Profiles have no version: theirs is 0."""

    title: str
    text: str
    language: str
    version: int
    author_id: int
    written_at: datetime


def kind_of(thing: Thing) -> Kind:
    """The kind of a thing, which is also the column that names it."""
    return Kind.PROFILE if isinstance(thing, Member) else Kind(type(thing).__name__.lower())


def authors_of(thing: Thing) -> frozenset[int]:
    """Everybody whose text it is."""
    if isinstance(thing, Member):
        return frozenset({thing.pk})
    along = thing.co_author_ids if isinstance(thing, Idea) else ()
    return frozenset({thing.author_id, *along})


def say(thing: Thing) -> Said:
    """What it says now."""
    if isinstance(thing, Member):
        return _profile(thing)
    about = thing.idea if isinstance(thing, Comment) else thing
    title = thing.topic.title if isinstance(thing, Reply) else getattr(about, "title", "")
    return Said(
        title=title,
        text=thing.body,
        language=getattr(about, "language", "en"),
        version=thing.version,
        author_id=thing.author_id,
        written_at=thing.edited_at or thing.created_at,
    )


def _profile(member: Member) -> Said:
    """Of what a member says about themselves, only what every member may read."""
    profile = member.profile
    links = "\n".join(member.links.values_list("url", flat=True))
    told = ((profile.bio, "bio"), (profile.location, "location"), (links, "links"))
    parts = [word for word, part in told if getattr(profile, f"{part}_for") <= Visibility.MEMBERS]
    return Said(
        title=str(member),
        text="\n\n".join(part for part in parts if part),
        language=member.language,
        version=0,
        author_id=member.pk,
        written_at=member.date_joined,
    )


def find(kind: str, key: str, viewer: Member | None) -> Thing | None:
    """The thing of that kind and number (of a profile: handle), if the viewer may see it."""
    reader = _READERS.get(kind)
    if reader is None or (kind != Kind.PROFILE and not _is_number(key)):
        return None
    column = "handle" if kind == Kind.PROFILE else "pk"
    found: Thing | None = reader(viewer).filter(**{column: key}).first()
    return found


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 19


def _ideas(viewer: Member | None) -> Any:
    return Idea.objects.visible_to(viewer).exclude(status=Status.DRAFT).select_related("author")


def _comments(viewer: Member | None) -> Any:
    ideas = Idea.objects.visible_to(viewer).values("pk")
    return Comment.objects.shown().filter(idea__in=ideas).select_related("idea", "author")


def _topics(viewer: Member | None) -> Any:
    return Topic.objects.visible_to(viewer).select_related("author")


def _replies(viewer: Member | None) -> Any:
    return Reply.objects.in_visible_topics(viewer).select_related("topic", "author")


_READERS: Mapping[str, Callable[[Member | None], Any]] = {
    Kind.IDEA: _ideas,
    Kind.COMMENT: _comments,
    Kind.TOPIC: _topics,
    Kind.REPLY: _replies,
    Kind.PROFILE: Member.objects.seen_by,
}


def locked(thing: Thing) -> Thing:
    """The same thing, as it stands now and until the transaction ends."""
    rows = type(thing)._default_manager.select_for_update(of=("self",), no_key=True)
    joined = {Kind.COMMENT: ["idea"], Kind.REPLY: ["topic"], Kind.PROFILE: ["profile"]}
    held: Thing = rows.select_related(*joined.get(kind_of(thing), [None])).get(pk=thing.pk)
    return held
