"""Tags and supports that a file brings. They are added, never taken away."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models.functions import Lower
from django.utils import timezone
from taggit.models import Tag

from community.models import Member
from ideas.importing.entries import Entry
from ideas.models import Idea, IdeaTag, Promise, Support
from ideas.models.promise import PromiseKind
from ideas.models.support import Cause, SupportState
from ideas.services import promising, tallies
from ideas.services.importing.past import Past
from ideas.services.writing import MOST_TAGS
from ideas.status import WAITS_FOR_ANSWER

Pairs = Sequence[tuple[Idea, Entry]]


def add_tags(pairs: Pairs, past: Past) -> set[int]:
    """Returns the ids of the ideas that got a tag."""
    wanted = {idea.pk: _missing(entry, past.tags.get(idea.pk, set())) for idea, entry in pairs}
    tags = _tags({name for names in wanted.values() for name in names})
    rows = [
        IdeaTag(content_object_id=idea_id, tag=tags[name])
        for idea_id, names in wanted.items()
        for name in names
    ]
    IdeaTag.objects.bulk_create(rows)
    return {row.content_object_id for row in rows}


def _missing(entry: Entry, tags: set[str]) -> list[str]:
    room = MOST_TAGS - len(tags)
    return [name for name in entry.tags if name not in tags][: max(room, 0)]


def _tags(names: set[str]) -> dict[str, Tag]:
    known = Tag.objects.alias(plain=Lower("name")).filter(plain__in=names) if names else ()
    tags = {tag.name.lower(): tag for tag in known}
    for name in sorted(names - tags.keys()):
        tags[name] = Tag.objects.create(name=name)
    return tags


def add_supports(pairs: Pairs, past: Past, people: Mapping[str, Member]) -> set[int]:
    """Supports of members known by name; returns the ids of the ideas that got one.

    Whoever withdrew here stays withdrawn. An idea may earn its answer by this, from now on.
    """
    rows = [
        support
        for idea, entry in pairs
        for support in _supports(idea, entry, past.supporters.get(idea.pk, set()), people)
    ]
    Support.objects.bulk_create(rows, ignore_conflicts=True)
    supported = {row.idea_id for row in rows}
    _count([idea for idea, _entry in pairs if idea.pk in supported])
    return supported


def _supports(
    idea: Idea, entry: Entry, already: set[int], people: Mapping[str, Member]
) -> list[Support]:
    # Given when the idea was posted, for all we know, so that old votes do not heat it today.
    moment = idea.opened_at or idea.created_at
    members = {people[name].pk for name in entry.supporters} - already - {idea.author_id}
    return [
        Support(
            idea=idea,
            member_id=member_id,
            state=SupportState.COUNTED,
            cause=Cause.IMPORTED,
            created_at=moment,
            counted_at=moment,
        )
        for member_id in sorted(members)
    ]


def _count(ideas: Iterable[Idea]) -> None:
    for idea in ideas:
        if idea.merged_into_id:
            # Where it stands now, the votes count for the other idea; its clock is not this one's.
            tallies.fold(idea.pk)
            continue
        enough = tallies.fold(idea.pk) >= idea.board.answer_threshold
        known = Promise.objects.filter(owed_on=idea, kind=PromiseKind.ANSWER)
        if enough and idea.status in WAITS_FOR_ANSWER and not known.exists():
            # Not since those votes: they were given before anybody here promised anything.
            promising.start_answer(idea=idea, moment=timezone.now())
