"""What is counted about members, for one of them or for all at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from community.models import Member
from reputation import demands
from reputation.demands import LATELY_DAYS, Demands, Measure
from reputation.kinds import Kind
from reputation.models import ActiveDay, Deed, Discussed, Ground

AN_HOUR = timedelta(hours=1)


def counts_of(members: Collection[Member], measures: Collection[str]) -> dict[int, dict[str, int]]:
    """So many of each measure by member. A statement per measure, however many members."""
    now = timezone.now()
    ids = [member.pk for member in members]
    counts: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(measures, 0))
    for measure in measures:
        if measure == Measure.HOURS:
            for member in members:
                counts[member.pk][measure] = (now - member.date_joined) // AN_HOUR
        else:
            for owner, number in _counted(measure, ids).values_list(_owner(measure), "number"):
                counts[owner][measure] = number
    return counts


def who_meet(
    asked: Demands, among: QuerySet[Member], ids: Collection[int] | None = None
) -> QuerySet[Member]:
    """Those of `among`, or of `ids` of them, who meet demands. One statement."""
    if ids is not None:
        among = among.filter(pk__in=ids)
    for measure, number in asked.all_of.items():
        among = among.filter(_has(measure, number, ids))
    either = Q()
    for measure, number in asked.one_of.items():
        either |= _has(measure, number, ids)
    return among.filter(either)


def site_is_small() -> bool:
    """Whether the site asks for half; counts no further than it has to."""
    most = demands.SMALL_SITE
    active: int = Member.objects.active()[:most].count()
    return active < most


def site_day(moment: datetime) -> date:
    """The day by the site's clock, wherever the reader lives."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def _has(measure: str, number: int, ids: Collection[int] | None) -> Q:
    if measure == Measure.HOURS:
        return Q(date_joined__lte=timezone.now() - number * AN_HOUR)
    # Where one is enough, nothing has to be counted.
    rows = _rows(measure, ids) if number == 1 else _counted(measure, ids).filter(number__gte=number)
    return Q(pk__in=rows.values(_owner(measure)))


def _counted(measure: str, ids: Collection[int] | None) -> QuerySet[Any, Any]:
    rows = _rows(measure, ids).values(_owner(measure))
    counted: QuerySet[Any, Any] = rows.annotate(number=_number(measure))
    return counted


def _owner(measure: str) -> str:
    """Whose it is: a vote given is its voter's."""
    return "actor_id" if measure == Measure.VOTES_GIVEN else "member_id"


def _number(measure: str) -> Count:
    match measure:
        case Measure.VOTERS_LATELY:
            return Count("actor_id", distinct=True)
        case Measure.VOTING_DAYS_LATELY:
            on = TruncDate("since", tzinfo=timezone.get_default_timezone())
            return Count(on, distinct=True)
    return Count("*")


def _rows(measure: str, ids: Collection[int] | None) -> QuerySet[Any, Any]:
    """What a measure counts."""
    rows = _source(measure)
    return rows if ids is None else rows.filter(**{f"{_owner(measure)}__in": ids})


def _source(measure: str) -> QuerySet[Any, Any]:
    first = site_day(timezone.now()) - timedelta(days=LATELY_DAYS - 1)
    match measure:
        case Measure.ACTIVE_DAYS:
            return ActiveDay.objects.all()
        case Measure.DAYS_LATELY:
            return ActiveDay.objects.filter(day__gte=first)
        case Measure.DEEDS:
            return Deed.objects.all()
        case Measure.DISCUSSED:
            return Discussed.objects.all()
        case Measure.DISCUSSED_LATELY:
            return Discussed.objects.filter(last_on__gte=first)
    return _votes(measure, first)


def _votes(measure: str, first: date) -> QuerySet[Any, Any]:
    """Votes that count: neither withdrawn nor void, nor for what is hidden."""
    votes = Ground.objects.filter(kind=Kind.SUPPORTED, holds=True)
    if measure in (Measure.VOTES_GIVEN, Measure.VOTES_RECEIVED):
        return votes
    midnight = datetime.combine(first, time.min, timezone.get_default_timezone())
    return votes.filter(since__gte=midnight)
