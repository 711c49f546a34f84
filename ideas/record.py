"""The record of promises: how many earned answers came in time."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, F, Q
from django.utils import timezone

from ideas.clock import in_steps
from ideas.models import Idea
from ideas.status import WAITS_FOR_ANSWER

YEAR = timedelta(days=365)
KEPT_FOR = 60


@dataclass(frozen=True)
class Record:
    """Earned answers of the last year: those that came, those in time, those overdue."""

    answered: int
    kept: int
    overdue: int

    @property
    def percent(self) -> int:
        """The share in time, of all that came or should have come; rounded down, like honesty."""
        return 100 * self.kept // (self.answered + self.overdue)

    @property
    def share(self) -> int:
        return in_steps(self.percent / 100)


def promises_kept() -> Record | None:
    """The record of the whole site, at most a minute old; None before the first answer is due."""
    record = cache.get_or_set("ideas.promises_kept", _count, KEPT_FOR)
    return record if record and record.answered + record.overdue else None


def _count() -> Record:
    now = timezone.now()
    came = Q(answered_at__gte=now - YEAR)
    late = Q(answered_at=None, answer_due_at__lt=now, status__in=WAITS_FOR_ANSWER)
    counts = Idea.objects.filter(answer_due_at__isnull=False, hidden_at=None).aggregate(
        answered=Count("pk", filter=came),
        kept=Count("pk", filter=came & Q(answered_at__lte=F("answer_due_at"))),
        overdue=Count("pk", filter=late),
    )
    return Record(**counts)
