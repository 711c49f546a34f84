"""Working calendars and the public holidays in them."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from ideas.models import Holiday, WorkCalendar
from ideas.services.calendars import fill_all, fill_holidays, is_known, workdays_of
from tests.sql import refused, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def bavaria():
    return WorkCalendar.objects.create(name="Bavaria", country="DE", region="BY")


@time_machine.travel("2026-06-01")
def test_public_holidays_of_this_and_two_more_years(bavaria):
    assert fill_holidays(calendar=bavaria) > 30
    years = {day.year for day in bavaria.holidays.values_list("day", flat=True)}
    assert years == {2026, 2027, 2028}
    assert bavaria.holidays.filter(day=date(2026, 6, 4)).exists()


def test_days_are_added_never_taken_away(bavaria):
    Holiday.objects.create(calendar=bavaria, day=date(2020, 2, 2), name="Move")
    fill_holidays(calendar=bavaria)
    before = bavaria.holidays.count()
    assert fill_holidays(calendar=bavaria) == 0
    assert bavaria.holidays.count() == before
    assert bavaria.holidays.filter(name="Move").exists()


def test_a_calendar_of_no_country_has_none(db):
    calendar = WorkCalendar.objects.create(name="Ours")
    assert (fill_holidays(calendar=calendar), fill_all()) == (0, 0)


def test_the_command_fills_all(bavaria, capsys):
    call_command("fill_holidays")
    assert bavaria.holidays.exists()
    assert "new holidays" in capsys.readouterr().out


def test_what_a_calendar_counts(bavaria):
    Holiday.objects.create(calendar=bavaria, day=date(2026, 6, 4), name="Corpus Christi")
    days = workdays_of(bavaria)
    assert [days.works(date(2026, 6, day)) for day in (3, 4, 5, 6)] == [True, False, True, False]
    assert str(days.zone) == "Europe/Berlin"


def test_without_one_every_day_counts_where_the_site_is(settings):
    days = workdays_of(None)
    assert str(days.zone) == settings.TIME_ZONE
    assert all(days.works(date(2026, 6, day)) for day in range(1, 8))


@pytest.mark.parametrize(
    ("country", "region", "known"),
    [("DE", "", True), ("DE", "BY", True), ("DE", "ZZ", False), ("ZZ", "", False)],
)
def test_which_regions_are_known(country, region, known):
    assert is_known(country, region) is known


@pytest.mark.parametrize("days", ["{}", "{8}", "{0,1}"])
def test_some_days_are_worked(bavaria, days):
    with refused("some_days_are_worked"):
        sql("UPDATE ideas_workcalendar SET works_on = %s", days)
