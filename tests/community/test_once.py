"""{% once %}: what is inside is made once for its values, the language and the time zone."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from community.templatetags import once

TEMPLATE = Template("{% load once %}{% once key.0 key.1 %}{{ said }}{% endonce %}")


def show(said, *key):
    return TEMPLATE.render(Context({"said": said, "key": key}))


def test_the_inside_is_made_once_for_its_values():
    assert show("first", 1, "a") == "first"
    assert show("second", 1, "a") == "first"
    assert show("third", 2, "a") == "third"
    assert show("fourth", 1, "b") == "fourth"


def test_nothing_is_kept_without_a_first_value():
    assert show("first", None, "a") == "first"
    assert show("second", None, "a") == "second"
    assert show("third") == "third"


def test_languages_and_time_zones_are_apart():
    assert show("first", 1) == "first"
    with translation.override("de"):
        assert show("zweites", 1) == "zweites"
    with timezone.override("Asia/Tokyo"):
        assert show("third", 1) == "third"


def test_two_places_are_apart():
    other = Template("{% load once %}\n{% once key.0 key.1 %}{{ said }}{% endonce %}")
    assert show("first", 1, 2) == "first"
    assert other.render(Context({"said": "other", "key": (1, 2)})).strip() == "other"


def test_it_is_escaped_once():
    assert show("<b>", 1) == "&lt;b&gt;"
    assert show("<b>", 1) == "&lt;b&gt;"


def test_it_is_made_again_after_a_minute(monkeypatch):
    show("first", 1)
    later = once.time.monotonic() + once.SECONDS + 1
    monkeypatch.setattr(once.time, "monotonic", lambda: later)
    assert show("second", 1) == "second"


def test_only_so_many_pieces_are_kept(monkeypatch):
    monkeypatch.setattr(once, "MOST", 2)
    for number in (1, 2, 3):
        show("first", number)
    assert show("second", 1) == "second"
    assert show("second", 3) == "first"


def test_it_wants_to_know_what_it_depends_on():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load once %}{% once %}{% endonce %}")
