"""A community with honest members and with frauds, and how well the detectors tell them apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from reputation.detecting import DETECTORS
from reputation.detecting.sybilrank import rank
from reputation.detecting.thresholds import DAY, HOUR, STANDARD
from reputation.detecting.votes import Floats, Ints, Votes

MINUTE = 60
DAYS = 60
# What each detector is there to find.
MEANT_FOR = {
    "serial": {"serial"},
    "reciprocal": {"ring"},
    "lockstep": {"bought"},
    "burst": {"one place"},
    "newcomers": {"just made"},
}


@dataclass
class Town:
    """Members by number, ideas by number, and votes as they come to mind."""

    chance: np.random.Generator
    joined: list[int] = field(default_factory=list)
    block: list[int] = field(default_factory=list)
    fraud: dict[int, str] = field(default_factory=dict)
    author: list[int] = field(default_factory=list)
    posted: list[int] = field(default_factory=list)
    said: list[tuple[int, int, int]] = field(default_factory=list)
    friends: list[tuple[int, int]] = field(default_factory=list)
    honest: int = 0
    blocks: Iterator[int] = field(default_factory=lambda: count(1))

    def join(self, when: int, block: int | None = None, fraud: str = "") -> int:
        self.joined.append(when)
        self.block.append(next(self.blocks) if block is None else block)
        if fraud:
            self.fraud[len(self.joined) - 1] = fraud
        return len(self.joined) - 1

    def post(self, author: int, when: int) -> int:
        self.author.append(author)
        self.posted.append(when)
        return len(self.author) - 1

    def vote(self, voter: int, idea: int, when: float) -> None:
        if 0 <= when < DAYS * DAY and voter != self.author[idea]:
            self.said.append((voter, idea, int(when)))

    def some(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return int(self.chance.integers(low, high + 1))

    def targets(self, number: int) -> list[int]:
        """Ideas that are there for a week at least."""
        there = np.flatnonzero(np.array(self.posted[: self.honest]) < (DAYS - 7) * DAY)
        return [int(idea) for idea in self.chance.choice(there, number, replace=False)]

    def disguise(self, voter: int, votes: int) -> None:
        """Votes on what others wrote, at any time, so as to look like anybody."""
        for idea in self.chance.integers(0, self.honest, votes):
            since = max(self.posted[idea], self.joined[voter])
            if since < DAYS * DAY:
                self.vote(voter, int(idea), self.some(since, DAYS * DAY))

    def votes(self) -> Votes:
        """The first vote of each member for each idea."""
        rows = np.array(sorted(self.said, key=lambda row: row[2]), np.int64)
        _pairs, first = np.unique(rows[:, 0] * 10**7 + rows[:, 1], return_index=True)
        voter, idea, second = rows[np.sort(first)].T
        author, block = np.array(self.author)[idea], np.array(self.block)[voter]
        return Votes(voter, author, idea, second, second - np.array(self.joined)[voter], block)


def town(seed: int, members: int = 3_000, ideas: int = 1_200) -> Town:
    """Honest members, those who only look like frauds, and frauds."""
    made = Town(np.random.default_rng(seed))
    _honest(made, members, ideas)
    for happen, times in ((_class_mates, 4), (_launch, 2), (_fans, 6), (_serial, 20)):
        for _time in range(times):
            happen(made)
    for attack, sizes in ATTACKS.items():
        for size in sizes:
            attack(made, size)
    return made


def _honest(made: Town, members: int, ideas: int) -> None:
    """Few write and vote much, most do little. One in ten shares a block with others."""
    _settle(made, members, ideas)
    draw, posted = made.chance, np.array(made.posted)
    liked = draw.permutation(np.arange(1, ideas + 1) ** -0.8)
    for voter in range(members):
        for _sitting in range(min(int(draw.pareto(1.3) * 2) + 1, 60)):
            _sit(made, voter, posted, liked)
    _acquaint(made, members)


def _settle(made: Town, members: int, ideas: int) -> None:
    draw = made.chance
    for _member in range(members):
        when = made.some(-400 * DAY, DAYS * DAY)
        shared = draw.random() < 0.1
        made.join(when, -2 - made.some(0, members // 100) if shared else None)
    writes = np.arange(1, members + 1) ** -0.9
    for author in draw.choice(members, ideas, p=writes / writes.sum()):
        since = max(made.joined[author], -20 * DAY)
        made.post(int(author), made.some(since, DAYS * DAY))
    made.honest = ideas


def _sit(made: Town, voter: int, posted: Ints, liked: Floats) -> None:
    """One visit: some of the newer and better liked ideas."""
    begin = made.some(max(made.joined[voter], 0), DAYS * DAY)
    there = np.flatnonzero((posted < begin) & (posted > begin - 30 * DAY))
    if there.size:
        weight = liked[there] * np.exp(-(begin - posted[there]) / (7 * DAY))
        wanted = min(made.some(1, 6), there.size)
        for idea in made.chance.choice(there, wanted, replace=False, p=weight / weight.sum()):
            begin += made.some(20, 400)
            made.vote(voter, int(idea), begin)


def _acquaint(made: Town, members: int) -> None:
    """Friendships: with neighbours, and with a few from afar."""
    for one in range(1, members):
        for _friend in range(made.some(1, 5)):
            near = made.chance.random() < 0.7
            other = max(0, one - made.some(1, 20)) if near else made.some(0, one - 1)
            if other != one:
                made.friends.append((other, one))


def _class_mates(made: Town) -> None:
    """A class that looks at ideas in the same lesson each week, at those of its own, too."""
    school = next(made.blocks)
    class_ = [made.join(made.some(-90 * DAY, -DAY), school) for _mate in range(made.some(10, 20))]
    own = [made.post(mate, made.some(0, 40 * DAY)) for mate in class_[::3]]
    for lesson in range(8):
        begin = (7 * lesson + 2) * DAY + 10 * HOUR
        shown = made.chance.integers(0, made.honest, 6)
        for mate in class_:
            for idea in (*made.chance.permutation(shown)[: made.some(0, 4)], *own):
                likes = made.posted[idea] < begin and made.chance.random() < 0.4
                if likes:
                    made.vote(mate, int(idea), begin + made.some(0, 45 * MINUTE))
    for mate in class_:
        made.disguise(mate, made.some(8, 30))


def _launch(made: Town) -> None:
    """Somebody known posts eight ideas in a day; two hundred come, a third of them for the first
    time, and take what they like."""
    begin = made.some(10, 50) * DAY
    author = made.some(0, 50)
    ideas = [made.post(author, begin + made.some(0, 2 * HOUR)) for _idea in range(8)]
    for _guest in range(200):
        new = made.chance.random() < 0.33
        arrives = begin + made.some(2 * HOUR, 12 * HOUR)
        guest = made.join(arrives - 600) if new else made.some(0, 2_000)
        for idea in made.chance.permutation(ideas)[: made.some(1, 6)]:
            arrives += made.some(15, 200)
            made.vote(guest, int(idea), arrives)
        made.disguise(guest, made.some(0, 3))


def _fans(made: Town) -> None:
    """Ten who support what one author writes, most of it within a day; some catch up at once."""
    author = made.some(0, 30)
    mine = [idea for idea, by in enumerate(made.author) if by == author]
    for fan in made.chance.integers(0, 2_000, 10):
        if made.chance.random() < 0.03:
            begin = made.some(40, 59) * DAY
            for idea in mine:
                begin += made.some(MINUTE, 6 * MINUTE)
                made.vote(int(fan), idea, begin)
            continue
        for idea in mine:
            if made.chance.random() < 0.8:
                made.vote(int(fan), idea, made.posted[idea] + made.chance.exponential(DAY))


def _serial(made: Town) -> None:
    """One account that supports all of one author within half an hour. One in twenty has time."""
    author = made.some(0, 300)
    mine = [idea for idea, by in enumerate(made.author) if by == author and idea < made.honest]
    while len(mine) < 6:
        mine.append(made.post(author, made.some(0, 30 * DAY)))
    begin = made.some(50 * DAY, 59 * DAY)
    voter = made.join(begin - made.some(3, 60) * DAY, fraud="serial")
    made.disguise(voter, made.some(0, 6))
    slow = 4 if made.chance.random() < 0.05 else 1
    for idea in made.chance.permutation([i for i in mine if made.posted[i] < begin])[:15]:
        begin += made.some(5, 120) * slow
        made.vote(voter, int(idea), begin)


def _ring(made: Town, size: int) -> None:
    """Everybody writes, and most support most of the others, over weeks and not at once."""
    ring = [made.join(made.some(-90 * DAY, -DAY), fraud="ring") for _one in range(size)]
    for author in ring:
        for _idea in range(made.some(4, 6)):
            idea = made.post(author, made.some(0, 40 * DAY))
            for voter in ring:
                if made.chance.random() < 0.9:
                    made.vote(voter, idea, made.posted[idea] + made.chance.exponential(4 * DAY))
    for voter in ring:
        made.disguise(voter, made.some(0, 2 * size + 4))
    _huddle(made, ring, 3)


def _bought(made: Town, accounts: int) -> None:
    """Accounts for hire: each order is an idea, done by most of them within two hours."""
    hired = [made.join(made.some(-60 * DAY, -DAY), fraud="bought") for _one in range(accounts)]
    for order in made.targets(made.some(9, 15)):
        begin = made.some(max(made.posted[order], 0), DAYS * DAY - 3 * HOUR)
        for account in hired:
            if made.chance.random() < 0.85:
                made.vote(account, order, begin + made.some(0, 100 * MINUTE))
    for account in hired:
        made.disguise(account, made.some(0, 5))
    _huddle(made, hired, 5)


def _one_place(made: Town, accounts: int) -> None:
    """One person with many accounts, from home, for two ideas."""
    home = next(made.blocks)
    here = [made.join(made.some(-30 * DAY, -DAY), home, "one place") for _one in range(accounts)]
    for target in made.targets(2):
        begin = made.some(max(made.posted[target], 0), DAYS * DAY - HOUR)
        for account in here:
            made.vote(account, int(target), begin + made.some(0, HOUR))
    for account in here:
        made.disguise(account, made.some(0, 1))


def _just_made(made: Town, accounts: int) -> None:
    """Accounts made for one idea within a day, each from elsewhere."""
    [idea] = made.targets(1)
    begin = made.some(max(made.posted[idea], 2 * DAY), DAYS * DAY - DAY)
    for _one in range(accounts):
        joins = begin + made.some(0, 20 * HOUR)
        account = made.join(joins, fraud="just made")
        made.vote(account, idea, joins + made.some(5 * MINUTE, 3 * HOUR))


def _huddle(made: Town, group: list[int], outside: int) -> None:
    """Frauds who are friends of each other, and of few honest members."""
    made.friends += [(a, b) for a in group for b in group if a < b and made.chance.random() < 0.5]
    made.friends += [(made.some(0, 2_000), group[made.some(0, len(group) - 1)])
                     for _bond in range(outside)]  # fmt: skip


ATTACKS: dict[Callable[[Town, int], None], tuple[int, ...]] = {
    _ring: (3, 4, 5, 6, 8, 10, 15, 20, 30),
    _bought: (8, 15, 25, 40),
    _one_place: (6, 10, 15, 25),
    _just_made: (10, 20, 40),
}


@dataclass(frozen=True)
class Score:
    """Members, not votes: who was named, who should have been. Any fraud that is named is one."""

    named: int
    right: int
    meant: int
    found: int

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.named + other.named,
            self.right + other.right,
            self.meant + other.meant,
            self.found + other.found,
        )

    @property
    def precision(self) -> float:
        return self.right / max(self.named, 1)

    @property
    def recall(self) -> float:
        return self.found / max(self.meant, 1)


def scores(made: Town) -> dict[str, Score]:
    """How each detector does in a town."""
    votes, told = made.votes(), {}
    for name, find in DETECTORS.items():
        rows = [finding.rows for finding in find(votes, STANDARD)]
        named = set(votes.voter[np.concatenate(rows)].tolist()) if rows else set()
        meant = {one for one, kind in made.fraud.items() if kind in MEANT_FOR[name]}
        told[name] = Score(len(named), len(named & set(made.fraud)), len(meant), len(named & meant))
    return told


def graph_score(made: Town, seeds: int = 20) -> float:
    """How often SybilRank puts an honest member before a fraud (the area under the curve)."""
    one, other = np.array(made.friends, np.int64).T
    honest = np.array([m for m in range(1_000) if m not in made.fraud])
    members, ranks = rank(one, other, made.chance.choice(honest, seeds, replace=False))
    false = np.isin(members, list(made.fraud))
    return float((ranks[~false][:, None] > ranks[false]).mean())
