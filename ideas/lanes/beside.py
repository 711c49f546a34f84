"""What stands beside an idea in the workspace: who supports it, and who has time for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, CharField, Count, Q, Value, When
from django.utils import timezone

from community.models import Member, TeamMembership
from ideas.models import Idea, Presence, Review, Support
from ideas.status import Status

NEWEST = 8
# Who has not been heard of for so long is gone. Pages ask every 20 seconds.
GONE_AFTER = timedelta(seconds=60)
NEW_MEMBER, OLD_MEMBER = timedelta(days=30), timedelta(days=365)
FINISHED = (Status.DECLINED, Status.SHIPPED)


@dataclass(frozen=True)
class Supporters:
    """How many members support an idea, who came last, and what they have in common.

    The shares are pairs of a value and a number, without those that nobody has. Ages of
    memberships are "new" (under 30 days), "year" and "older" (a year or more).
    """

    number: int
    newest: list[Support]
    by_trust: list[tuple[int, int]]
    by_age: list[tuple[str, int]]
    by_language: list[tuple[str, int]]

    @property
    def newcomers(self) -> int:
        """Members of trust level 0."""
        return dict(self.by_trust).get(0, 0)


def supporters(idea: Idea) -> Supporters:
    """Who supports an idea: names and numbers, never addresses. Two queries."""
    counted = idea.supports.counted()
    groups = (
        counted.annotate(age=_age())
        .order_by()
        .values_list("member__trust_level", "member__language", "age")
        .annotate(number=Count("pk"))
    )
    by_trust, by_language, by_age = Counter[int](), Counter[str](), Counter[str]()
    for level, language, age, number in groups:
        by_trust[level] += number
        by_language[language] += number
        by_age[age] += number
    newest = counted.select_related("member").order_by("-counted_at", "-id")[:NEWEST]
    return Supporters(
        number=by_trust.total(),
        newest=list(newest),
        by_trust=sorted(by_trust.items()),
        by_age=[(age, by_age[age]) for age in ("new", "year", "older") if by_age[age]],
        by_language=by_language.most_common(),
    )


def _age() -> Case:
    now = timezone.now()
    return Case(
        When(member__date_joined__gt=now - NEW_MEMBER, then=Value("new")),
        When(member__date_joined__gt=now - OLD_MEMBER, then=Value("year")),
        default=Value("older"),
        output_field=CharField(),
    )


@dataclass(frozen=True)
class Person:
    """Somebody of a team, and how many unfinished ideas they look after."""

    member: Member
    team_id: int
    load: int


def people(team_ids: Iterable[int]) -> list[Person]:
    """Everybody of some teams by name, with their loads. Two queries."""
    memberships = TeamMembership.objects.filter(team__in=list(team_ids), member__is_active=True)
    rows = list(memberships.select_related("member").order_by("member__display_name", "pk"))
    loads = dict(
        Review.objects.filter(
            ~Q(idea__status__in=FINISHED), assignee__in=[r.member_id for r in rows]
        )
        .order_by()
        .values_list("assignee")
        .annotate(number=Count("pk"))
    )
    return [Person(row.member, row.team_id, loads.get(row.member_id, 0)) for row in rows]


def present(idea: Idea, member: Member) -> list[Presence]:
    """The others who have the idea open now, those who are deciding first."""
    since = timezone.now() - GONE_AFTER
    others = Presence.objects.filter(idea=idea, seen_at__gte=since).exclude(member=member)
    return list(others.select_related("member").order_by("-is_deciding", "member__display_name"))
