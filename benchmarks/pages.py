"""Which pages of a site are measured: asked inside the site, printed as JSON.

The voters get sessions, the lists their first and fiftieth page, the search its three words.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import Mod
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.client import HOST
from benchmarks.generator import words
from benchmarks.generator.sizes import VOTERS

FIFTIETH = 50
IDEAS = 40
LANES = ("due", "top", "rising", "reopened", "unseen")
RECORDS = {
    "promise page": "/promises/",
    "promise page of a board": "/boards/charging/promises/",
    "roadmap": "/roadmap/",
    "changelog": "/changelog/",
}
CIRCLES = {
    "friends": "/friends/",
    "friend requests": "/friends/requests/",
    "suggestions": "/friends/suggestions/",
    "feed": "/feed/",
}
LEADERS = {
    "leaderboard of all time": "/leaderboard/?period=ever",
    "leaderboard of the year": "/leaderboard/?period=year",
}
REGULARS = 16
TOLD = {
    "notifications": "/notifications/",
    "notifications, unread": "/notifications/?show=unread",
    "notifications of a group": "/notifications/?group=mentions",
    "notifications, the bell": "/notifications/count/",
}
SECRET = "b" * CSRF_SECRET_LENGTH
VOTE, FORM, HTMX = "on=true", "application/x-www-form-urlencoded", {"HX-Request": "true"}


def main() -> None:
    django.setup()
    settings.ALLOWED_HOSTS = [HOST]
    settings.ANONYMOUS_PAGE_SECONDS = 0
    cookies = [_sign_in(member) for member in _voters()]
    reviewer = _sign_in(_reviewer())
    regulars = [_sign_in(member) for member in _regulars()]
    pages = dict(_pages())
    answer = {
        "cookies": cookies,
        "reviewer": reviewer,
        "regulars": regulars,
        "pages": pages,
        "targets": _targets(int(sys.argv[1])),
        "statements": _statements(cookies[0], reviewer, regulars[0], pages),
    }
    json.dump(answer, sys.stdout)


def _voters() -> list[Any]:
    from community.models import Member  # noqa: PLC0415  # after setup, as everything of the site

    return list(Member.objects.order_by("-id")[:VOTERS])


def _reviewer() -> Any:
    """Somebody who answers on every board; traces.clean lets them go again."""
    from community.models import Member, TeamMembership  # noqa: PLC0415
    from ideas.models import Board  # noqa: PLC0415

    member = Member.objects.order_by("-id")[VOTERS]
    for board in Board.objects.order_by("id"):
        TeamMembership.objects.get_or_create(team=board.team, member=member)
    return member


def _regulars() -> list[Any]:
    """Members from all over the site who have as many friends on a site of any size."""
    from community.models import Friend, Member  # noqa: PLC0415

    step = max(1, Member.objects.latest("id").pk // (REGULARS * 8))
    rows = Friend.objects.annotate(part=Mod("member", step)).filter(part=0).values("member")
    some = rows.annotate(number=Count("pk")).filter(number__gte=14, number__lte=18)
    chosen = list(some.order_by("member").values_list("member", flat=True)[:REGULARS])
    return list(Member.objects.filter(pk__in=chosen))


def _sign_in(member: Any) -> dict[str, str]:
    """The headers of a browser in which a member is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    names = {
        settings.SESSION_COOKIE_NAME: session.session_key,
        settings.CSRF_COOKIE_NAME: SECRET,
    }
    cookie = "; ".join(f"{name}={value}" for name, value in names.items())
    return {"Cookie": cookie, "X-CSRFToken": SECRET}


def _pages() -> Iterator[tuple[str, list[str]]]:
    """The addresses of each kind of page."""
    from ideas.ordering import ORDERS  # noqa: PLC0415

    for code in ORDERS:
        yield f"list {code}", [f"/ideas/?order={code}"]
        yield f"list {code}, page {FIFTIETH}", [_later(code)]
    yield "idea", [f"/ideas/{pk}/" for pk in _alike()]
    for code in ("latest", "unanswered", "top"):
        yield f"forum {code}", [f"/forum/?order={code}"]
    # The medium word is in four topics of S, which fill no page to compare with.
    yield "forum search, common word", [f"/forum/?q={words.COMMON}"]
    yield "topic", [f"/forum/topics/{pk}/" for pk in _topics_alike()]
    searches = {"rare": words.RARE, "medium": words.MEDIUM, "common": words.COMMON}
    for kind, word in searches.items():
        yield f"search, {kind} word", [f"/ideas/?q={word}"]
    for lane in LANES:
        yield f"review {lane}", [f"/review/?lane={lane}"]
    for kind, url in (RECORDS | CIRCLES | TOLD | LEADERS).items():
        yield kind, [url]
    yield "profile", [f"/people/{handle}/" for handle in _authors()]


def _later(code: str) -> str:
    """The fiftieth page, or the last full one of a short list."""
    from ideas.listing import Wanted, page_of  # noqa: PLC0415
    from ideas.ordering import ORDERS, Place  # noqa: PLC0415

    wanted = Wanted(order=ORDERS[code])
    places: list[Place] = []
    while len(places) < FIFTIETH - 1:
        place = page_of(wanted, None).next
        if place is None:
            places.pop()
            break
        places.append(place)
        wanted = replace(wanted, after=place)
    return f"/ideas/?order={code}&cursor={places[-1].encode()}"


def _alike() -> list[int]:
    """Ideas whose pages show as much on every site: open, two comments, 3 to 20 supporters."""
    from ideas.models import IdeaTally  # noqa: PLC0415

    fits = Q(listed=True, status="open", comments=2, supports__range=(3, 20))
    return list(
        IdeaTally.objects.filter(fits).order_by("shuffle").values_list("pk", flat=True)[:IDEAS]
    )


def _topics_alike() -> list[int]:
    """Topics whose pages show as much on every site: questions with two replies."""
    from community.models import TopicTally  # noqa: PLC0415

    fits = Q(listed=True, kind="question", replies=2)
    return list(TopicTally.objects.filter(fits).order_by("pk").values_list("pk", flat=True)[:IDEAS])


def _authors() -> list[str]:
    """Members whose profiles show as much on every site: those who have points."""
    from community.models import Member  # noqa: PLC0415

    some = Member.objects.filter(standing__range=(10, 400)).order_by("pk")[:IDEAS]
    return list(some.values_list("handle", flat=True))


def _targets(count: int) -> list[int]:
    """Ideas that take support, to vote for."""
    from ideas.models import IdeaTally  # noqa: PLC0415
    from ideas.status import ACCEPTS_SUPPORT  # noqa: PLC0415

    fits = Q(listed=True, status__in=ACCEPTS_SUPPORT)
    return list(
        IdeaTally.objects.filter(fits).order_by("shuffle").values_list("pk", flat=True)[:count]
    )


def _statements(
    headers: dict[str, str],
    reviewer: dict[str, str],
    regular: dict[str, str],
    pages: dict[str, list[str]],
) -> dict[str, int]:
    """SQL statements of each kind of page for a signed-in member, and of a vote."""
    voting, reviewing, knowing = (
        Client(headers=each | {"Host": HOST}) for each in (headers, reviewer, regular)
    )
    counts = {}
    for kind, urls in pages.items():
        client = knowing if kind in CIRCLES else voting
        client = reviewing if kind.startswith("review") else client
        # What is kept for seconds or minutes is there already, as on a living site.
        client.get(urls[-1])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(urls[0]).status_code == 200, urls[0]
        counts[kind] = _number(captured)
    for pk in _targets(2):
        with CaptureQueriesContext(connection) as captured:
            answer = voting.post(f"/ideas/{pk}/support/", VOTE, FORM, headers=HTMX)
            assert answer.status_code == 200, answer.content
        counts["support"] = _number(captured)
    return counts


def _number(captured: CaptureQueriesContext) -> int:
    """Statements, without BEGIN and COMMIT around them."""
    texts = [query["sql"] for query in captured.captured_queries]
    return len([text for text in texts if text not in ("BEGIN", "COMMIT")])


if __name__ == "__main__":
    main()
