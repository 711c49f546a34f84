"""What gives points and takes them back: every rule, as the events that turn a ground.

A turn sets or clears one stamp of one ground; see Ground. Here each becomes a SELECT over the
log; how turns are applied is the same for all of them.
"""

from dataclasses import dataclass

from activity.events import Event
from community.events import (
    AnswerAccepted,
    AnswerUnaccepted,
    ReplyFoundHelpful,
    ReplyHelpfulWithdrawn,
)
from ideas.events import (
    CommentFoundHelpful,
    CommentHelpfulWithdrawn,
    ContributionCredited,
    ContributionTakenBack,
    DecisionMade,
    SupportGiven,
    SupportsReinstated,
    SupportsVoided,
    SupportWithdrawn,
)
from moderation.events import Lifted, Restricted
from reputation.events import PointsRestored, PointsReversed
from reputation.kinds import Cause, Kind, Thing


def text(name: str) -> str:
    """A field of the fact."""
    return f"log.payload->>'{name}'"


def number(name: str) -> str:
    return f"(log.payload->>'{name}')::bigint"


@dataclass(frozen=True)
class Given:
    """Points that one event gives and another takes back. Names are fields of the events.

    `only` and `gives` are SQL: which of the events it is about, and which of these give.
    """

    kind: Kind
    thing: Thing
    thing_id: str
    member: str
    events: tuple[type[Event], ...]
    actor: str = ""
    only: str = "true"
    gives: str = ""
    taken: Cause = Cause.TAKEN_BACK

    @property
    def sql(self) -> str:
        gives = self.gives or f"log.kind = '{self.events[0].kind}'"
        return f"""
            SELECT log.id AS event, log.occurred_at AS at, '{self.kind}'::text AS kind,
                   {number(self.member)} AS member_id,
                   {number(self.actor) if self.actor else "0"} AS actor_id,
                   '{self.thing}'::text AS thing, {number(self.thing_id)} AS thing_id,
                   'given'::text AS facet, ({gives})::int AS sets,
                   CASE WHEN {gives} THEN '{Cause.EARNED}' ELSE '{self.taken}' END AS cause,
                   NULL::bigint AS batch
            FROM activity_eventrecord log
            WHERE {{where}} AND {_is_one_of(self.events)} AND {self.only}
        """


@dataclass(frozen=True)
class Listed:
    """Grounds that an event lists, to be suspended or to hold again."""

    facet: str
    listed: str
    events: tuple[type[Event], type[Event]]
    causes: tuple[Cause, Cause]
    # Of one line of the list: kind, member, actor, thing and its number.
    ground: tuple[str, str, str, str, str]

    @property
    def sql(self) -> str:
        suspends = f"log.kind = '{self.events[0].kind}'"
        return f"""
            SELECT log.id, log.occurred_at, {", ".join(self.ground)},
                   '{self.facet}', ({suspends})::int,
                   CASE WHEN {suspends} THEN '{self.causes[0]}' ELSE '{self.causes[1]}' END,
                   {number("batch_id")}
            FROM activity_eventrecord log,
                 jsonb_array_elements(log.payload->'{self.listed}') AS line
            WHERE {{where}} AND {_is_one_of(self.events)}
        """


def _is_one_of(events: tuple[type[Event], ...]) -> str:
    return f"log.kind IN ({', '.join(f"'{event.kind}'" for event in events)})"


_ACCEPTING = (AnswerAccepted, AnswerUnaccepted)
# Answering oneself is no help to anybody.
_ANOTHERS_ANSWER = f"{text('author_id')} <> {text('asker_id')}"
# It is planned until it is put back or declined: work on it, and shipping it, is still the plan.
_ON_THE_WAY = "IN ('planned', 'in_progress', 'shipped')"
_SHIPPED = "= 'shipped'"


def _decided(status: str) -> tuple[str, str]:
    source, target = f"({text('source')} {status})", f"({text('target')} {status})"
    return f"{source} <> {target}", target


RULES: tuple[Given | Listed, ...] = (
    Given(Kind.SUPPORTED, Thing.IDEA, "idea_id", "author_id",
          (SupportGiven, SupportWithdrawn), actor="member_id"),
    Given(Kind.HELPFUL, Thing.COMMENT, "comment_id", "author_id",
          (CommentFoundHelpful, CommentHelpfulWithdrawn), actor="member_id"),
    Given(Kind.HELPFUL, Thing.REPLY, "reply_id", "author_id",
          (ReplyFoundHelpful, ReplyHelpfulWithdrawn), actor="member_id"),
    Given(Kind.ANSWERED, Thing.REPLY, "reply_id", "author_id", _ACCEPTING, actor="asker_id",
          only=_ANOTHERS_ANSWER),
    # Only who asked is thanked for it, and not when the team accepted in their place.
    Given(Kind.ACCEPTED, Thing.REPLY, "reply_id", "asker_id", _ACCEPTING, actor="asker_id",
          only=f"{_ANOTHERS_ANSWER} AND (log.kind = '{AnswerUnaccepted.kind}'"
               f" OR log.actor_id = {number('asker_id')})"),
    Given(Kind.BUILT_ON, Thing.COMMENT, "comment_id", "author_id",
          (ContributionCredited, ContributionTakenBack),
          only=f"{text('part')} = 'builds_on' AND {text('comment_id')} IS NOT NULL"),
    Given(Kind.PLANNED, Thing.IDEA, "idea_id", "author_id", (DecisionMade,),
          only=_decided(_ON_THE_WAY)[0], gives=_decided(_ON_THE_WAY)[1]),
    Given(Kind.SHIPPED, Thing.IDEA, "idea_id", "author_id", (DecisionMade,),
          only=_decided(_SHIPPED)[0], gives=_decided(_SHIPPED)[1], taken=Cause.UNSHIPPED),
    *(Given(Kind.SPAM, thing, "thing_id", "author_id", (Restricted, Lifted),
            only=f"{text('thing')} = '{thing}' AND {text('spam')} = 'true'")
      for thing in Thing),
    Listed("voided", "votes", (SupportsVoided, SupportsReinstated),
           (Cause.VOIDED, Cause.REINSTATED),
           (f"'{Kind.SUPPORTED}'", "(line->>1)::bigint", "(line->>2)::bigint",
            f"'{Thing.IDEA}'", "(line->>0)::bigint")),
    Listed("reversed", "grounds", (PointsReversed, PointsRestored),
           (Cause.REVERSED, Cause.RESTORED),
           ("line->>0", "(line->>4)::bigint", "(line->>3)::bigint", "line->>1",
            "(line->>2)::bigint")),
)  # fmt: skip

# Whatever was earned through a hidden thing is suspended; that it was spam is not.
HIDING = (Restricted, Lifted)
HIDES = f"""
    SELECT log.id AS event, log.occurred_at AS at, {text("thing")} AS thing,
           {number("thing_id")} AS thing_id, (log.kind = '{Restricted.kind}')::int AS sets
    FROM activity_eventrecord log
    WHERE {{where}} AND {_is_one_of(HIDING)} AND {text("thing")} <> ''
"""
HIDDEN_TURNS = f"""
    SELECT hides.event, hides.at, touched.kind, touched.member_id, touched.actor_id,
           touched.thing, touched.thing_id, 'hidden', hides.sets,
           CASE WHEN hides.sets = 1 THEN '{Cause.HIDDEN}' ELSE '{Cause.SHOWN}' END,
           NULL::bigint
    FROM hides JOIN touched USING (thing_id, thing) WHERE touched.kind <> '{Kind.SPAM}'
"""


def rules_about(kinds: frozenset[str]) -> list[str]:
    """The SELECTs of those rules that these kinds of events concern."""
    return [rule.sql for rule in RULES if kinds & {event.kind for event in rule.events}]
