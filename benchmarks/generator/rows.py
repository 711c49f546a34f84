"""The rows of a generated site as lines of COPY, for a range of ideas at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from benchmarks.generator import skew, words
from benchmarks.generator.sizes import BOARDS, YEARS, Size

NULL = r"\N"
HOURS = YEARS * 8766
STATUSES = {
    "open": 62,
    "needs_info": 4,
    "under_review": 6,
    "planned": 6,
    "in_progress": 4,
    "shipped": 8,
    "declined": 8,
    "draft": 2,
}
THRESHOLD = 50
# What a vote became, in percent; counted else.
WITHDRAWN, PENDING = 4, 2


@dataclass(frozen=True)
class Range:
    """The ideas from `low` to before `high`, numbered from 1."""

    size: Size
    low: int
    high: int
    now: datetime

    def chance(self, what: str) -> Random:
        return Random(f"{what} {self.size.name} {self.low}")

    @property
    def ids(self) -> range:
        return range(self.low, self.high)


class Clock:
    """Moments of the site's years as text, without formatting each."""

    def __init__(self, now: datetime) -> None:
        start = now - timedelta(hours=HOURS)
        hours = (start + timedelta(hours=h) for h in range(HOURS * 2))
        self.hours = [f"{hour:%Y-%m-%d %H}" for hour in hours]
        self.seconds = [f":{s // 60:02}:{s % 60:02}Z" for s in range(3600)]

    def text(self, hour: int, chance: Random) -> str:
        """Somewhere within an hour, counted from the site's first."""
        return self.hours[hour] + self.seconds[int(chance.random() * 3600)]


@cache
def clock(now: datetime) -> Clock:
    return Clock(now)


def line(*values: object) -> str:
    return "\t".join(map(str, values)) + "\n"


def members(size: Size, extra: int, now: datetime) -> Iterator[str]:
    """All members; the last `extra` ones are confirmed and have done nothing."""
    chance = Random(f"members {size.name}")
    joined = now.astimezone(UTC) - timedelta(hours=HOURS)
    for pk in range(1, size.members + extra + 1):
        confirmed = joined.isoformat() if pk > size.members or chance.random() > 0.03 else NULL
        name = words.phrase(chance, chance.choice(("en", "de")), 1)[0].title()
        language = chance.choice(("en", "de"))
        yield line(
            pk, "!", f"m{pk}@plenum.example", f"m_{pk}", f"{name} {pk}", language,
            confirmed, chance.choice((1, 1, 1, 2, 3)), joined.isoformat(),
        )  # fmt: skip


def opened(size: Size, pk: int) -> int:
    """The hour in which an idea was posted: they come evenly, the newest last."""
    return int((pk - 1) / size.ideas * (HOURS - 2))


def authors(where: Range) -> list[int]:
    weights = skew.activity(where.size.members, "authors")
    return where.chance("authors").choices(
        range(1, where.size.members + 1), cum_weights=weights, k=len(where.ids)
    )


def statuses(where: Range) -> list[str]:
    return where.chance("statuses").choices([*STATUSES], [*STATUSES.values()], k=len(where.ids))


def posted(where: Range) -> Iterator[tuple[int, int]]:
    """The ideas that are no drafts, with their authors."""
    ideas = zip(where.ids, authors(where), statuses(where), strict=True)
    return ((pk, author) for pk, author, status in ideas if status != "draft")


def ideas(where: Range) -> Iterator[str]:
    size, chance, time = where.size, where.chance("ideas"), clock(where.now)
    every = size.ideas // words.RARE_IDEAS
    for pk, author, status in zip(where.ids, authors(where), statuses(where), strict=True):
        language = "en" if chance.random() < 0.6 else "de"
        sentences = words.body(chance, language, size.words)
        planted = pk % every == every // 2 and status != "draft"
        title = words.title(chance, language) + (f" {words.RARE}" if planted else "")
        text = " ".join(sentences)
        hour = opened(size, pk)
        moment = time.text(hour, chance)
        hidden = moment if chance.random() < 0.005 and not planted else NULL
        yield line(
            pk, chance.randint(1, BOARDS), author, title, text, f"<p>{text}</p>", text[:200],
            language, status, moment, NULL if status == "draft" else moment, hidden,
        )  # fmt: skip


def supports(where: Range) -> Iterator[str]:
    size, chance, time = where.size, where.chance("supports"), clock(where.now)
    counts = skew.shares(size.supports, size.ideas, "supports")
    weights, people = skew.activity(size.members, "voters"), range(1, size.members + 1)
    for pk, author in posted(where):
        drawn = chance.choices(people, cum_weights=weights, k=counts[pk - 1])
        start = opened(size, pk)
        for member in dict.fromkeys(drawn):
            if member == author:
                continue
            # Most votes come soon after the idea.
            hour = start + int((HOURS - 1 - start) * chance.random() ** 4)
            yield _support(pk, member, time.text(hour, chance), chance.random() * 100)


def _support(idea: int, member: int, moment: str, lot: float) -> str:
    if lot < PENDING:
        return f"{idea}\t{member}\tpending\t{moment}\t{NULL}\n"
    state = "withdrawn" if lot < PENDING + WITHDRAWN else "counted"
    return f"{idea}\t{member}\t{state}\t{moment}\t{moment}\n"


@cache
def first_comments(size: Size) -> list[int]:
    """The number of comments before each idea's first."""
    return [0, *accumulate(skew.shares(size.comments, size.ideas, "comments"))]


def comments(where: Range) -> Iterator[str]:
    size, chance, time = where.size, where.chance("comments"), clock(where.now)
    before = first_comments(size)
    weights, people = skew.activity(size.members, "speakers"), range(1, size.members + 1)
    for pk, _author in posted(where):
        first, last = before[pk - 1] + 1, before[pk]
        start = opened(size, pk)
        speakers = chance.choices(people, cum_weights=weights, k=last - first + 1)
        threads: list[int] = []
        for own, author in zip(range(first, last + 1), speakers, strict=True):
            reply = chance.choice(threads) if threads and chance.random() < 0.3 else None
            if reply is None:
                threads.append(own)
            hour = start + int((HOURS - 1 - start) * chance.random() ** 3)
            yield _comment(chance, own, pk, reply, author, time.text(hour, chance))


def _comment(
    chance: Random, pk: int, idea: int, parent: int | None, author: int, moment: str
) -> str:
    kinds = ("comment", "question", "concern", "builds_on")
    kind = chance.choices(kinds, (70, 14, 10, 6))[0] if parent is None else "comment"
    text = " ".join(words.body(chance, chance.choice(("en", "de")), 12))
    helpful = int(chance.paretovariate(1.2)) - 1
    return line(
        pk, idea, NULL if parent is None else parent, author, kind, text, f"<p>{text}</p>", moment,
        helpful, helpful // 4, helpful / (helpful + 4),
    )  # fmt: skip


def tags(where: Range) -> Iterator[str]:
    """One to three tags for most ideas, common ones first."""
    size, chance = where.size, where.chance("tags")
    weights = list(accumulate(1 / (rank + 3) for rank in range(size.tags)))
    every = range(1, size.tags + 1)
    for pk in where.ids:
        drawn = chance.choices(every, cum_weights=weights, k=chance.randint(0, 3))
        yield from (f"{pk}\t{tag}\n" for tag in dict.fromkeys(drawn))
