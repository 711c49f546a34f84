"""Any history, in windows of any size, comes to what reading it once from the start comes to."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity import delivery, registry
from activity.models import EventRecord
from activity.services import record, replay_from
from community.events import AnswerAccepted, AnswerUnaccepted, MemberLeft
from ideas.events import (
    CommentFoundHelpful,
    CommentHelpfulWithdrawn,
    ContributionCredited,
    ContributionTakenBack,
    DecisionMade,
    IdeasMerged,
    IdeasUnmerged,
    SupportGiven,
    SupportsReinstated,
    SupportsVoided,
    SupportWithdrawn,
)
from moderation.events import Lifted, Restricted
from reputation.models import Entry, Rule, RuleBook
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, tzinfo=UTC)
FIRST = {"supported": 10, "helpful": 2, "answered": 15, "accepted": 2, "built_on": 10,
         "planned": 15, "shipped": 50, "credited": 15, "spam": -100}  # fmt: skip
SECOND = {"supported": 7, "helpful": 3, "answered": 15, "planned": 20, "credited": 9, "spam": -40}
CAPS = {1: 25, 2: 30}
CHANGED = START + timedelta(days=2, hours=12)

IDEAS, AUTHORS = (1, 2), {1: 0, 2: 1}
VOTERS, SAID = (2, 3, 4), {11: 2, 12: 3}
WAY = ("open", "planned", "in_progress", "shipped")
# By number: what is merged, into which, and who wrote it. Some make chains.
MERGES = {5: (9, 1, 2), 6: (1, 2, 0), 7: (8, 9, 3)}
# Where something said is credited.
CREDITED_ON = {11: 1, 12: 9, 13: 8}

votes = st.tuples(st.sampled_from(IDEAS), st.sampled_from(VOTERS))
switch = st.booleans()
deeds = st.one_of(
    st.tuples(st.just("vote"), votes, switch),
    st.tuples(st.just("void"), st.lists(votes, min_size=1, max_size=3, unique=True), switch),
    st.tuples(st.just("help"), st.tuples(st.sampled_from([*SAID]), st.just(4)), switch),
    st.tuples(st.just("accept"), st.sampled_from([11, 12]), switch),
    st.tuples(st.just("credit"), st.sampled_from([*CREDITED_ON]), switch),
    st.tuples(st.just("merge"), st.sampled_from([*MERGES]), switch),
    st.tuples(st.just("decide"), st.sampled_from(IDEAS), st.sampled_from(WAY)),
    st.tuples(st.just("hide"), st.sampled_from([("idea", 1), ("comment", 11)]), switch),
    st.tuples(st.just("spam"), st.just(("idea", 2)), switch),
    st.tuples(st.just("leave"), st.sampled_from(VOTERS), st.none()),
)
histories = st.lists(st.tuples(deeds, st.integers(0, 20)), max_size=40)


class Site:
    """What happens when somebody does something: nothing, or facts like those of the services."""

    def __init__(self, cast):
        self.cast, self.on, self.status = cast, defaultdict(bool), dict.fromkeys(IDEAS, "open")

    def facts(self, deed, what, on):
        if deed == "decide":
            return self.decided(what, on)
        if deed == "leave":
            return self.left(what)
        key = (deed, str(what))
        if deed != "void" and self.on[key] == on:
            return []
        self.on[key] = on
        return [getattr(self, deed)(what, on)]

    def vote(self, what, on):
        idea, voter = what
        kind = SupportGiven if on else SupportWithdrawn
        author, member = self.cast[AUTHORS[idea]], self.cast[voter]
        return kind(idea_id=idea, author_id=author, member_id=member)

    def void(self, what, on):
        lines = [[idea, self.cast[AUTHORS[idea]], self.cast[voter]] for idea, voter in what]
        return (SupportsVoided if on else SupportsReinstated)(batch_id=1, votes=lines)

    def help(self, what, on):
        said, member = what
        kind = CommentFoundHelpful if on else CommentHelpfulWithdrawn
        author = self.cast[SAID[said]]
        return kind(comment_id=said, author_id=author, member_id=self.cast[member])

    def accept(self, reply, on):
        kind = AnswerAccepted if on else AnswerUnaccepted
        author, asker = self.cast[SAID[reply]], self.cast[0]
        return kind(topic_id=1, reply_id=reply, author_id=author, asker_id=asker)

    def credit(self, said, on):
        kind = ContributionCredited if on else ContributionTakenBack
        part = {11: "builds_on", 12: "concern", 13: "answer"}[said]
        facts = {"contribution_id": said, "idea_id": CREDITED_ON[said], "comment_id": said}
        return kind(author_id=self.cast[SAID.get(said, 4)], part=part, **facts)

    def merge(self, merge, on):
        """It is told of the idea that stands for the other one then."""
        duplicate, survivor, author = MERGES[merge]
        facts = {"duplicate_id": duplicate, "merge_id": merge, "author_id": self.cast[author]}
        return (IdeasMerged if on else IdeasUnmerged)(idea_id=self.root(survivor), **facts)

    def root(self, idea):
        over = {MERGES[n][0]: MERGES[n][1] for n in MERGES if self.on["merge", str(n)]}
        while idea in over:
            idea = over[idea]
        return idea

    def decided(self, idea, target):
        source, self.status[idea] = self.status[idea], target
        if source == target:
            return []
        author = self.cast[AUTHORS[idea]]
        return [
            DecisionMade(
                idea_id=idea, decision_id=1, author_id=author, source=source, target=target
            )
        ]

    def hide(self, what, on, spam=False):
        thing, number = what
        author = self.cast[AUTHORS[number] if thing == "idea" else SAID[number]]
        return (Restricted if on else Lifted)(
            restriction_id=1, author_id=author, thing=thing, thing_id=number, spam=spam
        )

    def spam(self, what, on):
        return self.hide(what, on, spam=True)

    def left(self, voter):
        taken = [fact for idea in IDEAS for fact in self.facts("vote", (idea, voter), False)]
        return [*taken, MemberLeft(member_id=self.cast[voter])]


class Ledger:
    """The rules once more, one event after the other and as plainly as can be said."""

    def __init__(self):
        self.given, self.voided, self.hidden = {}, set(), set()
        self.parts, self.shipped, self.merged = defaultdict(set), {}, {}

    def read(self, fact, at, actor):
        name = type(fact).__name__
        match fact:
            case SupportGiven() | SupportWithdrawn():
                ground = ("supported", "idea", fact.idea_id, fact.author_id, fact.member_id)
                self.set(ground, name == "SupportGiven", at)
            case SupportsVoided() | SupportsReinstated():
                lines = {("supported", "idea", i, a, m) for i, a, m in fact.votes}
                self.voided = self.voided - lines | (lines if name == "SupportsVoided" else set())
            case CommentFoundHelpful() | CommentHelpfulWithdrawn():
                ground = ("helpful", "comment", fact.comment_id, fact.author_id, fact.member_id)
                self.set(ground, name == "CommentFoundHelpful", at)
            case AnswerAccepted() | AnswerUnaccepted():
                on, reply = name == "AnswerAccepted", fact.reply_id
                self.set(("answered", "reply", reply, fact.author_id, 0), on, at)
                mine = on and actor == fact.asker_id
                self.set(("accepted", "reply", reply, fact.asker_id, 0), mine, at)
            case ContributionCredited() | ContributionTakenBack():
                on = name == "ContributionCredited"
                if fact.part == "builds_on":
                    self.set(("built_on", "comment", fact.comment_id, fact.author_id, 0), on, at)
                self.part(fact.idea_id, fact.author_id, ("c", fact.contribution_id), on)
            case IdeasMerged():
                self.merged[fact.merge_id] = fact.duplicate_id, fact.idea_id
                self.part(fact.idea_id, fact.author_id, ("m", fact.merge_id), True)
            case IdeasUnmerged():
                _duplicate, survivor = self.merged.pop(fact.merge_id)
                self.part(survivor, fact.author_id, ("m", fact.merge_id), False)
            case DecisionMade():
                planned = fact.target in ("planned", "in_progress", "shipped")
                self.set(("planned", "idea", fact.idea_id, fact.author_id, 0), planned, at)
                ships = fact.target == "shipped"
                self.set(("shipped", "idea", fact.idea_id, fact.author_id, 0), ships, at)
                self.shipped[fact.idea_id] = fact.author_id if ships else None
            case Restricted() | Lifted():
                on, thing = name == "Restricted", (fact.thing, fact.thing_id)
                (self.hidden.add if on else self.hidden.discard)(thing)
                if fact.spam:
                    self.set(("spam", *thing, fact.author_id, 0), on, at)
        self.credit(at)

    def set(self, ground, on, at):
        if not on:
            self.given.pop(ground, None)
        elif ground not in self.given:
            self.given[ground] = at

    def part(self, idea, member, reason, on):
        (self.parts[idea, member].add if on else self.parts[idea, member].discard)(reason)

    def credit(self, at):
        members = {member for _idea, member in self.parts}
        for idea, author in self.shipped.items():
            tree = self.tree(idea)
            for member in members - {author}:
                reasons = any(self.parts[one, member] for one in tree)
                paid = reasons and author is not None
                self.set(("credited", "idea", idea, member, 0), paid, at)

    def tree(self, idea):
        """The idea and all that is merged into it, directly or by steps."""
        found = {idea}
        while more := {one for one, into in self.merged.values() if into in found} - found:
            found |= more
        return found

    def standing(self):
        capped, total = Counter(), Counter()
        for (kind, thing, number, member, *_), at in self.given.items():
            ground = (kind, thing, number, member, *_)
            if ground in self.voided or ((thing, number) in self.hidden and kind != "spam"):
                continue
            points = (SECOND if at >= CHANGED else FIRST).get(kind, 0)
            if kind in ("supported", "helpful"):
                capped[member, at.date()] += points
            else:
                total[member] += points
        for (member, day), points in capped.items():
            total[member] += min(points, CAPS[1 if day <= CHANGED.date() else 2])
        return {member: points for member, points in total.items() if points}


@pytest.fixture
def rules(db):
    """Two versions of them, and small caps."""
    book = RuleBook.objects.create(version=2, holds_from=START - timedelta(days=9), daily_cap=25,
                                   why="Smaller.", made_at=START - timedelta(days=99))  # fmt: skip
    Rule.objects.bulk_create(Rule(book=book, kind=k, points=p) for k, p in FIRST.items())
    book = RuleBook.objects.create(version=3, holds_from=CHANGED, daily_cap=30, why="Others.",
                                   made_at=START - timedelta(days=99))  # fmt: skip
    Rule.objects.bulk_create(Rule(book=book, kind=k, points=p) for k, p in SECOND.items())


@pytest.fixture
def cast(rules, monkeypatch):
    """The ledger alone listens: these facts are about things that are not there."""
    ledger = registry.subscriber("reputation.keep_the_ledger")
    monkeypatch.setattr(registry, "_SUBSCRIBERS", {ledger.name: ledger})
    return MemberFactory.create_batch(5)


class Undone(Exception):
    """The end of an example: nothing of it stays."""


def live(cast, history, reader):
    """Let it happen, hour by hour, and have the plain ledger read it."""
    site, at = Site([one.pk for one in cast]), START
    for (deed, what, on), hours in history:
        at += timedelta(hours=hours)
        for fact in site.facts(deed, what, on):
            record(fact, actor=cast[0], occurred_at=at)
            reader.read(fact, at, cast[0].pk)


def standings(cast):
    for one in cast:
        one.refresh_from_db(fields=["standing"])
    return {one.pk: one.standing for one in cast if one.standing}


def live_and_deliver(cast, history, size, deliver, monkeypatch):
    monkeypatch.setattr(delivery, "WINDOW", size)
    reader = Ledger()
    live(cast, history, reader)
    deliver()
    assert standings(cast) == reader.standing()
    before = Entry.objects.count()
    first = EventRecord.objects.order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        replay_from(subscriber="reputation.keep_the_ledger", event_id=first)
        deliver()
    assert (standings(cast), Entry.objects.count()) == (reader.standing(), before)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=histories, size=st.sampled_from([1, 2, 7, 1000]))
def test_any_history_comes_to_the_same(cast, history, size, deliver, monkeypatch):
    try:
        with transaction.atomic():
            live_and_deliver(cast, history, size, deliver, monkeypatch)
            raise Undone
    except Undone:
        pass


def test_entries_of_a_ground_take_turns(cast, deliver):
    reader = Ledger()
    turns = [(("vote", (1, 2), on), 1) for on in (True, False, True, False, True)]
    live(cast, turns, reader)
    deliver()
    entries = list(Entry.objects.order_by("pk"))
    assert [entry.points for entry in entries] == [10, -10, 10, -10, 10]
    for before, after in pairwise(entries):
        if after.points < 0:
            assert after.reverses_id == before.pk
