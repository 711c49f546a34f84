"""A case as a person looks at it: who they are, what they did, and the pictures of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import combinations

from django.utils import timezone

from community import causes
from community.causes import Named
from community.models import Friendship, Member, SignIn
from community.models.friendship import Bond
from reputation.kinds import Thing
from reputation.models import Case, CaseStep, CaseVote
from reputation.picturing import (
    Circle,
    Given,
    Mark,
    Node,
    Tie,
    Timeline,
    colour_of,
    label_of,
    mark,
)

# What a picture can show, and a table before it leads to the list of all.
MOST_VOTES, MOST_LANES, MOST_PEOPLE, MOST_ROWS = 2_000, 24, 24, 200
# Two who meet at one idea are no pattern.
TOGETHER = 2


@dataclass(frozen=True)
class Person:
    """Somebody in a case. `networks` are letters of address blocks that others in it share."""

    number: int
    member: Member
    given: int
    got: int
    networks: Sequence[str]
    friends: Sequence[str]

    @property
    def label(self) -> str:
        return label_of(self.number)

    @property
    def path(self) -> str:
        return mark(self.number)

    @property
    def colour(self) -> str:
        return colour_of(self.number)

    @property
    def age(self) -> timedelta:
        return timezone.now() - self.member.date_joined

    @property
    def trust(self) -> int | None:
        """The rank along friendships, as a whole percentage."""
        rank = self.member.graph_trust
        return None if rank is None else round(100 * rank)


@dataclass(frozen=True)
class Lane:
    """An idea in question; `named` unless the viewer may not see it."""

    idea_id: int
    named: Named | None
    votes: int


@dataclass(frozen=True)
class Row:
    """A vote with whose it is."""

    vote: CaseVote
    person: Person
    lane: Lane


@dataclass(frozen=True)
class Look:
    """All that the page of a case shows."""

    case: Case
    people: Sequence[Person]
    lanes: Sequence[Lane]
    votes: Sequence[CaseVote]
    steps: Sequence[CaseStep]

    @cached_property
    def _places(self) -> tuple[Mapping[int, int], Mapping[int, int]]:
        return (
            {person.member.pk: person.number for person in self.people},
            {lane.idea_id: place for place, lane in enumerate(self.lanes)},
        )

    @cached_property
    def rows(self) -> list[Row]:
        """Every vote of the case that was read, the oldest first."""
        who, where = self._places
        return [
            Row(vote, self.people[who[vote.voter_id]], self.lanes[where[vote.idea_id]])
            for vote in self.votes
        ]

    @cached_property
    def pictured(self) -> list[Row]:
        """The rows that the timeline has a mark for."""
        return [row for row in self.rows if row.lane in self.shown_lanes]

    @property
    def table(self) -> list[Row]:
        return self.rows[:MOST_ROWS]

    @property
    def shown_lanes(self) -> Sequence[Lane]:
        return self.lanes[:MOST_LANES]

    @cached_property
    def timeline(self) -> Timeline:
        _who, where = self._places
        given = [
            Given(row.person.number, where[row.lane.idea_id], row.vote.given_at,
                  row.vote.batch_id is not None)
            for row in self.pictured
        ]  # fmt: skip
        return Timeline(given, len(self.shown_lanes))

    @property
    def marks(self) -> list[tuple[Mark, Row]]:
        return list(zip(self.timeline.marks, self.pictured, strict=True))

    @property
    def named_lanes(self) -> list[tuple[int, Lane]]:
        """With the middle of each."""
        return list(zip(self.timeline.rows, self.shown_lanes, strict=True))

    @cached_property
    def circle(self) -> Circle:
        who, _where = self._places
        shown = self.people[:MOST_PEOPLE]
        numbers = [person.number for person in shown]
        between = Counter(
            (who[v.voter_id], who[v.author_id]) for v in self.votes if v.voter_id != v.author_id
        )
        only_wrote = frozenset(person.number for person in shown if not person.given)
        return Circle(
            numbers, _ties(between, numbers), _ties(self._together(), numbers, TOGETHER), only_wrote
        )

    @property
    def supports(self) -> list[tuple[Person, Person, int]]:
        """The arrows of the circle: voter, author, votes."""
        return self._in_words(self.circle.supports)

    @property
    def together(self) -> list[tuple[Person, Person, int]]:
        """Its dashed lines: two members, and how many ideas both voted for."""
        return self._in_words(self.circle.together)

    def _in_words(self, ties: Sequence[Tie]) -> list[tuple[Person, Person, int]]:
        """Those with most votes first."""
        told = [(self.people[tie.one], self.people[tie.other], tie.times) for tie in ties]
        return sorted(told, key=lambda tie: -tie[2])

    @property
    def nodes(self) -> list[tuple[Person, Node]]:
        return list(zip(self.people, self.circle.nodes, strict=False))

    def _together(self) -> Counter[tuple[int, int]]:
        """How many ideas two of those shown both voted for."""
        voters: dict[int, set[int]] = {}
        for row in self.rows:
            if row.person.number < MOST_PEOPLE:
                voters.setdefault(row.lane.idea_id, set()).add(row.person.number)
        pairs = (combinations(sorted(group), 2) for group in voters.values())
        return Counter(pair for group in pairs for pair in group)

    @property
    def ids(self) -> tuple[list[int], list[int]]:
        """Voters and ideas, as numbers."""
        voters = [person.member.pk for person in self.people if person.given]
        return voters, [lane.idea_id for lane in self.lanes]


def look(case: Case, viewer: Member) -> Look:
    """Read a case, by a number of queries that does not grow with it."""
    votes = list(case.votes.order_by("given_at", "id")[:MOST_VOTES])
    steps = list(case.steps.select_related("by").order_by("id"))
    return Look(case, _people(votes), _lanes(votes, viewer), votes, steps)


def _lanes(votes: Sequence[CaseVote], viewer: Member) -> list[Lane]:
    counts = Counter(vote.idea_id for vote in votes)
    names = causes.name_all([(Thing.IDEA.value, idea) for idea in counts], viewer)
    return [Lane(idea, names.get((Thing.IDEA.value, idea)), n) for idea, n in counts.most_common()]


def _people(votes: Sequence[CaseVote]) -> list[Person]:
    """Voters first, by how much they voted, and then those who only wrote."""
    given, got = (Counter(getattr(v, key) for v in votes) for key in ("voter_id", "author_id"))
    order = [pk for pk, _n in given.most_common()]
    order += [pk for pk, _n in got.most_common() if pk not in given]
    members = Member.objects.in_bulk(order)
    labels = {pk: label_of(number) for number, pk in enumerate(order)}
    networks, friends = _networks(order), _friends(order)
    return [
        Person(number, members[pk], given[pk], got[pk], networks.get(pk, []),
               [labels[friend] for friend in sorted(friends.get(pk, []), key=order.index)])
        for number, pk in enumerate(order)
    ]  # fmt: skip


def _networks(members: Sequence[int]) -> dict[int, list[str]]:
    """Blocks of addresses that more than one of them signed in from lately, under letters: the
    addresses themselves say nothing here and stay where they are."""
    rows = SignIn.objects.lately().filter(member__in=members).exclude(block="")
    blocks: dict[str, set[int]] = {}
    for block, member in rows.values_list("block", "member_id").distinct().order_by("block"):
        blocks.setdefault(block, set()).add(member)
    shared = [users for users in blocks.values() if len(users) > 1]
    found: dict[int, list[str]] = {}
    for number, users in enumerate(sorted(shared, key=len, reverse=True)):
        for member in users:
            found.setdefault(member, []).append(str(number + 1))
    return found


def _friends(members: Sequence[int]) -> dict[int, list[int]]:
    pairs = Friendship.objects.filter(lo__in=members, hi__in=members, state=Bond.FRIENDS)
    found: dict[int, list[int]] = {}
    for lo, hi in pairs.values_list("lo_id", "hi_id"):
        found.setdefault(lo, []).append(hi)
        found.setdefault(hi, []).append(lo)
    return found


def _ties(counts: Counter[tuple[int, int]], shown: Sequence[int], least: int = 1) -> list[Tie]:
    there = set(shown)
    return [
        Tie(one, other, times)
        for (one, other), times in sorted(counts.items())
        if times >= least and one in there and other in there
    ]
