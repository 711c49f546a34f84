"""How pages draw small things: an icon, a face, a moment, a big number."""

import re
from datetime import datetime
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext_lazy

from community.models import Member

register = template.Library()

CODE = re.compile(r"`([^`]+)`")


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


@register.simple_tag
def person(member: Member) -> SafeString | str:
    """A member's name, which leads to the profile unless the member left."""
    if member.has_left:
        return str(member)
    return format_html('<a href="{}">{}</a>', member.get_absolute_url(), member.display_name)


# Seconds of a unit, and how it reads: whole phrases, since German says "vor 3 Tagen".
UNITS = (
    (31_557_600, ngettext_lazy("%(number)d year ago", "%(number)d years ago", "number")),
    (2_629_800, ngettext_lazy("%(number)d month ago", "%(number)d months ago", "number")),
    (604_800, ngettext_lazy("%(number)d week ago", "%(number)d weeks ago", "number")),
    (86_400, ngettext_lazy("%(number)d day ago", "%(number)d days ago", "number")),
    (3_600, ngettext_lazy("%(number)d hour ago", "%(number)d hours ago", "number")),
    (60, ngettext_lazy("%(number)d minute ago", "%(number)d minutes ago", "number")),
)


def _roughly(when: datetime) -> str:
    """How long ago, in one unit."""
    seconds = int((timezone.now() - when).total_seconds())
    for length, words in UNITS:
        if seconds >= length:
            return str(words % {"number": seconds // length})
    return gettext("just now") if seconds >= 0 else date_format(timezone.localtime(when))


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


@register.filter(needs_autoescape=True)
def coded(title: str, autoescape: bool = True) -> SafeString:  # noqa: FBT001, FBT002  # Django's way
    """A title with its `code` as code. Nothing else of Markdown: a title is one line."""
    escape = conditional_escape if autoescape else str
    return mark_safe(CODE.sub(r"<code>\1</code>", escape(title)))  # noqa: S308  # escaped before


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
