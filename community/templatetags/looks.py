"""How pages draw small things: an icon, a face, a moment, a big number."""

from datetime import datetime, timedelta
from functools import cache

from django import template
from django.contrib.humanize.templatetags.humanize import NaturalTimeFormatter, naturaltime
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from community.models import Member

register = template.Library()

A_DAY = timedelta(days=1)


@cache
def _icons() -> str:
    return static("img/icons.svg")


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, unspoken: the words beside it say what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', _icons(), name
    )


@register.simple_tag
def mark() -> SafeString:
    """The name mark."""
    return format_html('<svg aria-hidden="true"><use href="{}#mark"/></svg>', _icons())


@register.simple_tag
def face(member: Member, size: str = "") -> SafeString:
    """A member's picture; "small" 32 px, "large" 80 px, else 40 px. The name stands beside it."""
    pixels = {"small": 32, "large": 80}.get(size, 40)
    return format_html(
        '<img class="face {}" src="{}" alt="" width="{}" height="{}" loading="lazy">',
        size, member.avatar_url, pixels, pixels,
    )  # fmt: skip


def _roughly(when: datetime) -> str:
    """Like humanize's naturaltime, in one unit: "3 weeks ago"."""
    now = timezone.now()
    if abs(now - when) < A_DAY:
        return str(naturaltime(when))
    past = when < now
    words = NaturalTimeFormatter.past_substrings if past else NaturalTimeFormatter.future_substrings
    first, second = (when, now) if past else (now, when)
    pattern = NaturalTimeFormatter.time_strings["past-day" if past else "future-day"]
    return str(pattern) % {"delta": timesince(first, second, time_strings=words, depth=1)}


@register.simple_tag
def moment(when: datetime | None) -> SafeString | str:
    """A relative time, with the exact one on hover and for machines."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"), date_format(local, "DATETIME_FORMAT"), _roughly(when),
    )  # fmt: skip


@register.simple_tag
def day(when: datetime | None) -> SafeString | str:
    """A calendar day, with the exact time on hover."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"), date_format(local, "DATETIME_FORMAT"),
        date_format(local, "DATE_FORMAT"),
    )  # fmt: skip


@register.filter
def grouped(number: int) -> str:
    """1284 as 1,284 or 1.284."""
    return number_format(number, force_grouping=True)


@register.filter
def width(number: int) -> str:
    """The class that makes a long number fit into the hollow of the seats."""
    if number < 1_000:
        return ""
    return "long" if number < 100_000 else "longer"
