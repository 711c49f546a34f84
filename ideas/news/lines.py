"""What reads as one line of a feed: several members about one idea, one member about several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from activity.events import Event
from community import markdown
from community.models import Member
from ideas.events import CommentPosted, DecisionMade, SupportGiven
from ideas.models import Comment, Decision, Idea

OPENED, COMMENTED, ANSWERED = "opened", "commented", "answered"
SUPPORTED, SUPPORTS, DECIDED = "supported", "supports", "decided"
KINDS_OF_LINES = (OPENED, COMMENTED, ANSWERED, SUPPORTED, SUPPORTS, DECIDED)
EXCERPT = 240
# An idea that more than these support on one page of a feed has a line of its own.
FEW = 2


@dataclass(frozen=True)
class Fact:
    """An event with what it is about. `actors`: who did it, co-authors included."""

    event: Event
    idea: Idea
    actors: tuple[Member, ...] = ()
    comment: Comment | None = None
    decision: Decision | None = None

    @property
    def kind(self) -> str:
        """The kind of line that tells it."""
        event = self.event
        if isinstance(event, CommentPosted):
            return ANSWERED if event.official else COMMENTED
        if isinstance(event, SupportGiven):
            return SUPPORTED
        return DECIDED if isinstance(event, DecisionMade) else OPENED


@dataclass
class Line:
    """One line: its kind and its facts, the newest first. Supports are never told one by one:
    those of several for one idea are one line, and so are the others of a day."""

    kind: str
    facts: list[Fact] = field(default_factory=list)

    @property
    def newest(self) -> Fact:
        return self.facts[0]

    @property
    def when(self) -> datetime:
        return self.newest.event.when

    @property
    def idea(self) -> Idea:
        return self.newest.idea

    @property
    def ideas(self) -> list[Idea]:
        """The ideas it is about, each once, the newest deed first."""
        return list({fact.idea.pk: fact.idea for fact in self.facts}.values())

    @property
    def actors(self) -> list[Member]:
        """Who did it, each once, the newest deed first."""
        return list({member.pk: member for fact in self.facts for member in fact.actors}.values())

    @property
    def excerpt(self) -> str:
        """The newest words: of the idea, the comment or the decision."""
        fact = self.newest
        if fact.comment is not None:
            return markdown.plain(fact.comment.body, EXCERPT)
        if fact.decision is not None:
            return markdown.plain(fact.decision.statement, EXCERPT)
        return fact.idea.snippet if self.kind == OPENED else ""

    @property
    def url(self) -> str:
        """Where it leads: to the comment, or to the idea."""
        about = self.newest.comment or self.idea
        return about.get_absolute_url()

    @property
    def sentence(self) -> str:
        """Who did what, in the active language."""
        if self.kind == DECIDED:
            return _decided(self.newest)
        if self.kind == SUPPORTS and len(self.actors) == 1:
            number = len(self.ideas)
            words = ngettext(
                "%(name)s supports %(number)d idea", "%(name)s supports %(number)d ideas", number
            )
            return words % {"name": self.actors[0].display_name, "number": number}
        return _of_several(self.kind, self.actors)


def _decided(fact: Fact) -> str:
    team = fact.decision.team if fact.decision else None
    if team is None:
        return gettext("An idea moved on")
    return gettext("The %(team)s team decided") % {"team": team.name}


def _of_several(kind: str, actors: Sequence[Member]) -> str:
    """Whole phrases for one, two and more, because languages bend the verb."""
    first, others = actors[0].display_name, len(actors) - 1
    if others == 0:
        return {
            OPENED: gettext("%(name)s posted an idea"),
            COMMENTED: gettext("%(name)s commented"),
            ANSWERED: gettext("%(name)s answered for the team"),
            SUPPORTED: gettext("%(name)s supports an idea"),
        }[kind] % {"name": first}
    if others == 1:
        return {
            OPENED: gettext("%(name)s and %(other)s posted an idea"),
            COMMENTED: gettext("%(name)s and %(other)s commented"),
            ANSWERED: gettext("%(name)s and %(other)s answered for the team"),
            SUPPORTED: gettext("%(name)s and %(other)s support an idea"),
            SUPPORTS: gettext("%(name)s and %(other)s support some ideas"),
        }[kind] % {"name": first, "other": actors[1].display_name}
    return {
        OPENED: gettext("%(name)s and %(number)d others posted an idea"),
        COMMENTED: gettext("%(name)s and %(number)d others commented"),
        ANSWERED: gettext("%(name)s and %(number)d others answered for the team"),
        SUPPORTED: gettext("%(name)s and %(number)d others support an idea"),
        SUPPORTS: gettext("%(name)s and %(number)d others support some ideas"),
    }[kind] % {"name": first, "number": others}


def together(facts: Iterable[Fact]) -> list[Line]:
    """Facts, the newest first, as lines in the order of their newest ones."""
    lines: dict[tuple[str, int], Line] = {}
    for fact in facts:
        alone = fact.kind in (OPENED, DECIDED)
        key = (fact.kind, fact.event.id if alone else fact.idea.pk)
        lines.setdefault(key, Line(fact.kind)).facts.append(fact)
    return _gathered(list(lines.values()))


def _gathered(lines: list[Line]) -> list[Line]:
    """What a day brought of supports by one or two is one line, however much it is."""
    kept: list[Line] = []
    of_day: dict[date, Line] = {}
    for line in lines:
        known = line
        if line.kind == SUPPORTED and len(line.actors) <= FEW:
            known = of_day.setdefault(line.when.date(), line)
        if known is line:
            kept.append(line)
        else:
            known.kind = SUPPORTS
            known.facts += line.facts
    return kept
