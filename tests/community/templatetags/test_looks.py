"""The small things that pages draw."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from community.templatetags import looks
from tests.factories.community import MemberFactory


def drawn(source, **context):
    return Template("{% load looks %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("ago", "english", "german"),
    [
        (timedelta(seconds=5), "just now", "gerade eben"),
        (timedelta(minutes=1), "1 minute ago", "vor 1 Minute"),
        (timedelta(hours=3), "3 hours ago", "vor 3 Stunden"),
        (timedelta(days=2), "2 days ago", "vor 2 Tagen"),
        (timedelta(days=15), "2 weeks ago", "vor 2 Wochen"),
        (timedelta(days=70), "2 months ago", "vor 2 Monaten"),
        (timedelta(days=800), "2 years ago", "vor 2 Jahren"),
    ],
)
def test_a_moment_is_told_in_one_unit(ago, english, german):
    when = timezone.now() - ago
    assert f">{english}</time>" in looks.moment(when)
    with translation.override("de"):
        # Number and unit stay on one line.
        assert f">{german}</time>" in looks.moment(when).replace("\N{NO-BREAK SPACE}", " ")


def test_a_moment_keeps_the_exact_time_for_machines():
    when = timezone.now()
    assert timezone.localtime(when).isoformat(timespec="minutes") in looks.moment(when)
    assert looks.moment(None) == looks.day(None) == ""


def test_a_moment_ahead_is_a_date():
    assert "ago" not in looks.moment(timezone.now() + timedelta(days=2))


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("`Math.clamp` for all", "<code>Math.clamp</code> for all"),
        ("`<b>` & `c`", "<code>&lt;b&gt;</code> &amp; <code>c</code>"),
        ("One ` alone", "One ` alone"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_code_in_titles(title, html):
    assert drawn("{{ title|coded }}", title=title) == html


@pytest.mark.parametrize(
    ("number", "width"), [(999, ""), (1_000, "long"), (99_999, "long"), (100_000, "longer")]
)
def test_numbers_fit_into_the_seats(number, width):
    assert looks.width(number) == width


def test_numbers_are_grouped_as_the_reader_does():
    assert looks.grouped(1284) == "1,284"
    with translation.override("de"):
        assert looks.grouped(1284) == "1.284"


@pytest.mark.django_db
def test_a_face_is_not_read_out():
    mara = MemberFactory(handle="mara")
    assert drawn("{% face mara 'small' %}", mara=mara) == (
        '<img class="face small" src="/people/mara/avatar.svg" alt="" width="32" height="32" '
        'loading="lazy">'
    )


def test_icons_come_from_one_file():
    assert 'img/icons.svg#bell"' in drawn("{% icon 'bell' %}")
    assert 'img/icons.svg#mark"' in drawn("{% mark %}")
