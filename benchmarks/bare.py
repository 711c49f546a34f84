"""The least a page could do behind the full middleware: what the site is held against."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from community.viewers import member_of
from ideas.listing import PAGE

READY_MADE = b"<!DOCTYPE html><title>Bare</title><p>" + b"0123456789abcdef" * 1280


@login_not_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """20 KB, made before anybody asked."""
    return HttpResponse(READY_MADE)


@dataclass(frozen=True)
class Card:
    """What a card of the list shows, as plain texts."""

    number: int
    title: str
    snippet: str
    status: str
    clock: str
    author: str
    board: str
    when: str
    supports: str
    comments: str


CARDS = [
    Card(
        number=number,
        title="Solar forecast before the charger of the building",
        snippet="Forecast tablet the price radiator. " * 5,
        status="Under review",
        clock="17 more supporters, then the Charging team answers within 30 days",
        author="Charger 1234",
        board="Charging",
        when="3 months ago",
        supports="1,234",
        comments="12 comments",
    )
    for number in range(1, PAGE + 1)
]


@login_not_required
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """As many cards as a page of the list has, from plain objects in a plain template."""
    return render(request, "bare/cards.html", {"cards": CARDS})


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """One row of a signed-in member, written and committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_write (member_id, idea_id, at) VALUES (%s, %s, %s)",
            [member_of(request).pk, 1, timezone.now()],
        )
    return HttpResponse("written")
