"""What is planned, in the works and shipped: whose idea it was, what was said, how long it took."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Subquery
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from community import markdown
from community.models import Member
from ideas.credits import Credit, credits_of_ideas
from ideas.models import Board, Decision, Idea, IdeaImage, IdeaQuerySet
from ideas.models.contribution import Part
from ideas.ordering import DECIDED, Place
from ideas.status import ANSWERS, CostBand, Status

COLUMNS = (Status.PLANNED, Status.IN_PROGRESS, Status.SHIPPED)
# What a statement may say of itself on a card.
LONGEST_SENTENCE = 220
MOST_PICTURES = 3
MOST_NAMES = 6
# A sentence ends before a capital, and not behind one letter: "z. B. Wallboxen".
END = re.compile(r"(?<=\w\w[.!?])\s+(?=[A-ZÄÖÜ„“\"(])")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which part of the roadmap; empty fields ask for nothing."""

    statuses: tuple[Status, ...] = COLUMNS
    board: str = ""
    tag: str = ""
    after: Place | None = None
    size: int = 8


@dataclass(frozen=True)
class Stretch:
    """Some ideas, the latest decision first; `next` is where the following ones begin."""

    items: list[Idea] = field(default_factory=list)
    next: Place | None = None


@dataclass(frozen=True)
class Story:
    """What the decisions on an idea say together. A later step need not repeat an earlier one."""

    last: Decision
    rough_when: str
    cost_band: str
    sentence: str
    days: int
    # Since supporters earned an answer, and since the first yes; None where there was none.
    days_promised: int | None
    days_planned: int | None

    @property
    def effort(self) -> str:
        return str(CostBand(self.cost_band).label) if self.cost_band else ""


def stretch_of(wanted: Wanted, viewer: Member | None) -> Stretch:
    """The ideas that stand there, each with its `story`. Raises BadCursor.

    One query for each status, so that each reads its part of the index, and one for decisions.
    """
    (stretch,) = with_stories([_cut(wanted, viewer)])
    return stretch


def columns_of(wanted: Wanted, viewer: Member | None) -> list[Stretch]:
    """The beginning of each column. One query for each, and one for decisions."""
    alone = (
        Wanted(statuses=(status,), board=wanted.board, tag=wanted.tag, size=wanted.size)
        for status in wanted.statuses
    )
    return with_stories([_cut(one, viewer) for one in alone])


def shipped_lately(count: int) -> list[Idea]:
    """What shipped last; `tally.decided_at` is when. One query."""
    rows = _in_status(Status.SHIPPED, Wanted(), None)
    return list(rows.in_order(DECIDED)[:count])


def _cut(wanted: Wanted, viewer: Member | None) -> Stretch:
    rows: list[Idea] = []
    for status in wanted.statuses:
        found = _in_status(status, wanted, viewer).in_order(DECIDED, wanted.after)
        rows += found[: wanted.size + 1]
    rows.sort(key=lambda idea: (idea.tally.decided_at, idea.pk), reverse=True)
    more = len(rows) > wanted.size
    items = rows[: wanted.size]
    return Stretch(items, DECIDED.place_of(items[-1]) if more else None)


def _in_status(status: Status, wanted: Wanted, viewer: Member | None) -> IdeaQuerySet:
    ideas = Idea.objects.visible_to(viewer).for_cards(viewer).filter(tally__status=status)
    # Ideas from before decisions were kept could have none; they have no place in this order.
    ideas = ideas.filter(tally__decided_at__isnull=False)
    if wanted.board:
        board = Board.objects.filter(slug=wanted.board).order_by().values("pk")[:1]
        ideas = ideas.filter(tally__board=Subquery(board))
    if wanted.tag:
        ideas = ideas.filter(idea_tags__tag__slug=wanted.tag)
    return ideas


def with_stories(stretches: list[Stretch]) -> list[Stretch]:
    """The same, with a `story` on each idea. One query for all of them."""
    ideas = {idea.pk: idea for stretch in stretches for idea in stretch.items}
    told: dict[int, list[Decision]] = {pk: [] for pk in ideas}
    rows = Decision.objects.filter(idea__in=ideas, to_status__in=ANSWERS)
    for decision in rows.select_related("member", "team").order_by("id"):
        told[decision.idea_id].append(decision)
    for pk, decisions in told.items():
        ideas[pk].story = story_of(ideas[pk], decisions)  # type: ignore[attr-defined]
    return stretches


def story_of(idea: Idea, decisions: Sequence[Decision]) -> Story | None:
    """What an idea's decisions say, given from the first to the last. No queries."""
    if not decisions:
        return None
    last = decisions[-1]
    yes = next((d.created_at for d in decisions if d.to_status == Status.PLANNED), None)
    return Story(
        last=last,
        rough_when=_latest(d.rough_when for d in decisions),
        cost_band=_latest(d.cost_band for d in decisions),
        sentence=first_sentence(last.statement),
        days=days_between(idea.opened_at or last.created_at, last.created_at),
        days_promised=_since(idea.threshold_reached_at, last.created_at),
        days_planned=_since(yes, last.created_at),
    )


def _latest(words: Iterable[str]) -> str:
    """The newest word on something; what a later decision leaves out still holds."""
    return next((word for word in reversed([*words]) if word), "")


def _since(earlier: datetime | None, later: datetime) -> int | None:
    return days_between(earlier, later) if earlier and earlier < later else None


def days_between(earlier: datetime, later: datetime) -> int:
    """Calendar days between two moments where the reader is."""
    return (timezone.localtime(later).date() - timezone.localtime(earlier).date()).days


def first_sentence(statement: str) -> str:
    """The first sentence of a statement in Markdown, without its marks."""
    words = markdown.plain(statement, 2 * LONGEST_SENTENCE)
    return Truncator(END.split(words, maxsplit=1)[0]).chars(LONGEST_SENTENCE)


def with_pictures(ideas: Sequence[Idea]) -> Sequence[Idea]:
    """The same, with the first `pictures` of each. One query."""
    shown: dict[int, list[IdeaImage]] = {idea.pk: [] for idea in ideas}
    for image in IdeaImage.objects.filter(idea__in=shown).order_by("id"):
        if len(shown[image.idea_id]) < MOST_PICTURES:
            shown[image.idea_id].append(image)
    for idea in ideas:
        idea.pictures = shown[idea.pk]  # type: ignore[attr-defined]
    return ideas


def with_credits(ideas: Sequence[Idea]) -> Sequence[Idea]:
    """The same, with `credits` and with `made`, which says them in sentences. One query."""
    found = credits_of_ideas([idea.pk for idea in ideas])
    for idea in ideas:
        idea.credits = found.get(idea.pk, [])  # type: ignore[attr-defined]
        idea.made = made_by(idea.author, idea.credits)  # type: ignore[attr-defined]
    return ideas


# Whole sentences, since a verb follows the number of its subjects.
SENTENCES: dict[Part, Callable[[int], str]] = {
    Part.AUTHOR: lambda n: ngettext("{names} had the idea.", "{names} had this idea.", n),
    Part.CO_AUTHOR: lambda n: ngettext(
        "{names} wrote it together with the author.", "{names} wrote it with the author.", n
    ),
    Part.MERGED_AUTHOR: lambda n: ngettext(
        "{names} had the same idea.", "{names} had the same idea, too.", n
    ),
    Part.BUILDS_ON: lambda n: ngettext("{names} built on it.", "{names} all built on it.", n),
    Part.CONCERN: lambda n: ngettext(
        "{names} raised the concern that changed the decision.",
        "{names} raised the concerns that changed the decision.",
        n,
    ),
    Part.ANSWER: lambda n: ngettext(
        "{names} gave the answer that was used.", "{names} gave the answers that were used.", n
    ),
}


def made_by(author: Member, given: Sequence[Credit]) -> list[SafeString]:
    """Who made an idea, in sentences: one for each part, its names leading to profiles."""
    names: dict[Part, list[Member]] = {Part.AUTHOR: [author]}
    for credit in given:
        for part in credit.parts:
            of_part = names.setdefault(Part(part.part), [])
            if credit.member not in of_part:
                of_part.append(credit.member)
    return [
        format_html(SENTENCES[part](len(members)), names=_listed([*map(_link, members)]))
        for part, members in names.items()
    ]


def _link(member: Member) -> SafeString:
    if member.has_left:
        return format_html("{}", member)
    return format_html('<a href="{}">{}</a>', member.get_absolute_url(), member.display_name)


def _listed(links: list[SafeString]) -> SafeString:
    """Some names as a list in words; of many, the first few and the number of others."""
    more = len(links) - MOST_NAMES
    if more > 0:
        others = ngettext("%(number)d other", "%(number)d others", more) % {"number": more}
        links = [*links[:MOST_NAMES], format_html("{}", others)]
    if len(links) == 1:
        return links[0]
    first = format_html_join(", ", "{}", ((link,) for link in links[:-1]))
    return format_html(gettext("{names} and {last}"), names=first, last=links[-1])
