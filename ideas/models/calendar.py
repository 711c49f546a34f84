from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
WEEKDAYS = [1, 2, 3, 4, 5]


def weekdays() -> list[int]:
    return list(WEEKDAYS)


class WorkCalendar(models.Model):
    """The days on which the clock of a promise runs. A board without one counts every day."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Berlin")
    # ISO numbers: Monday is 1.
    works_on = ArrayField(
        models.PositiveSmallIntegerField(), default=weekdays, verbose_name=_("working days")
    )
    # Whose public holidays are filled in, as the package `holidays` calls them: "DE", "BY".
    country = models.CharField(_("country of the holidays"), max_length=2, blank=True)
    region = models.CharField(_("region of the holidays"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("working calendar")
        verbose_name_plural = _("working calendars")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(works_on__contained_by=EVERY_DAY) & ~Q(works_on=[]),
                name="some_days_are_worked",
            ),
            models.CheckConstraint(
                condition=Q(region="") | ~Q(country=""), name="a_region_lies_in_a_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A day on which nobody answers."""

    calendar = models.ForeignKey(
        WorkCalendar, on_delete=models.CASCADE, related_name="holidays", verbose_name=_("calendar")
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=100)
    # Clocks that were computed before do not know of it.
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "day"], name="one_holiday_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
