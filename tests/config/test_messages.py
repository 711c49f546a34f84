"""What a page says after a redirect, in a cookie or in the session."""

import pytest
from django.contrib.messages import constants
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.functional import lazystr

from community.verdicts import AboutLevels
from config.messages import Storage

LINK = '<a href="/reputation/levels/">What trust levels are</a>'


def on_the_next_page(*said):
    """How messages are shown there."""
    first, answer = RequestFactory().get("/"), HttpResponse()
    first.session = {}
    kept = Storage(first)
    for message in said:
        kept.add(constants.ERROR, message)
    kept.update(answer)
    second = RequestFactory().get("/")
    second.session = first.session
    second.COOKIES = {name: morsel.value for name, morsel in answer.cookies.items()}
    page = Template("{% for message in messages %}{{ message }}{% endfor %}")
    return page.render(Context({"messages": Storage(second)}))


def test_a_reason_keeps_its_link_and_nothing_else():
    shown = on_the_next_page(AboutLevels("Two <links> at the most."))
    assert shown == f"Two &lt;links&gt; at the most. {LINK}"


def test_more_than_a_cookie_holds_goes_to_the_session():
    shown = on_the_next_page(*[AboutLevels("Too low. " * 30)] * 20)
    assert shown.count(LINK) == 20


@pytest.mark.parametrize("said", ["<b>Bold</b>", lazystr("<b>Bold</b>")])
def test_what_is_text_stays_text(said):
    assert on_the_next_page(said) == "&lt;b&gt;Bold&lt;/b&gt;"
