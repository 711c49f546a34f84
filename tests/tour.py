"""The tour of the site: every page worth looking at, and who looks at it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Length
from django.test import Client

from community.models import Member, Topic
from ideas.models import Idea, TopicLink
from ideas.status import Status

VISITOR, MEMBER, TEAM = "", "mara", "leonie"


@dataclass(frozen=True)
class Stop:
    """A page: its address, or the template of one that has none; `who` is a handle."""

    name: str
    path: str = ""
    who: str = VISITOR
    template: str = ""


def stops() -> list[Stop]:
    """For the demo community, which must be loaded."""
    return [*_lists(), *_ideas(), *_forum(), *_for_members(), *_accounts(), *_errors()]


def _lists() -> Iterator[Stop]:
    yield Stop("home", "/")
    yield Stop("ideas", "/ideas/")
    yield Stop("ideas-member", "/ideas/", MEMBER)
    yield Stop("needs-support", "/ideas/?order=needs-support")
    yield Stop("filtered", "/ideas/?status=declined&board=charging")
    yield Stop("search", "/ideas/?q=wallbox")
    yield Stop("nothing-found", "/ideas/?q=Donaudampfschifffahrtsgesellschaft")
    yield Stop("boards", "/boards/")
    yield Stop("board", "/boards/charging/")
    yield Stop("ordering", "/ideas/ordering/")
    yield Stop("profile", f"/people/{MEMBER}/")
    yield Stop("mailbox", "/mailbox/")


def _ideas() -> Iterator[Stop]:
    posted = Idea.objects.visible_to(None)
    talked_about = posted.order_by("-tally__comments", "pk").first()
    for who, role in ((VISITOR, "visitor"), (MEMBER, "member")):
        yield Stop(f"idea-{role}", _page(talked_about), who)
    yield Stop("idea-declined", _page(posted.filter(status=Status.DECLINED).first()))
    yield Stop("idea-shipped", _page(posted.filter(status=Status.SHIPPED).first()))
    yield Stop("idea-long-title", _page(posted.order_by(Length("title").desc()).first()))
    owed = posted.filter(board__team__members__handle=TEAM, status=Status.UNDER_REVIEW)
    yield Stop("idea-to-decide", f"{_page(owed.first())}#decide", TEAM)
    changed = posted.filter(version__gt=1).first() or talked_about
    yield Stop("history", f"{_page(changed)}history/")


def _forum() -> Iterator[Stop]:
    yield Stop("forum", "/forum/")
    yield Stop("forum-unanswered", "/forum/?order=unanswered", MEMBER)
    yield Stop("forum-search", "/forum/?q=frost")
    yield Stop("ideas-search-forum", "/ideas/?q=frost")
    yield Stop("space", "/forum/warm-home/", MEMBER)
    answered = Topic.objects.order_by("-tally__solved").first()
    yield Stop("topic-answered-visitor", _topic(answered))
    yield Stop("topic-answered-member", _topic(answered), MEMBER)
    mine = Topic.objects.filter(author__handle=MEMBER, kind="question").first()
    yield Stop("topic-own", _topic(mine), MEMBER)
    yield Stop("topic-announcement", _topic(Topic.objects.filter(kind="announcement").first()))
    became = TopicLink.objects.filter(kind="became").first()
    assert became is not None, "The demo community has no topic that became an idea."
    yield Stop("topic-became", _topic(became.topic), "matthias")
    yield Stop("idea-from-topic", _page(became.idea), MEMBER)
    yield Stop("topic-new", "/forum/topics/new/?q=The+cable+is+stuck+in+frost", MEMBER)
    yield Stop("topic-quote", f"{_topic(answered)}?quote={_first_reply(answered)}", MEMBER)
    yield Stop("topic-closed", _topic(Topic.objects.exclude(closed_at=None).first()), MEMBER)


def _topic(topic: Topic | None) -> str:
    assert topic is not None, "The demo community has no such topic."
    return topic.get_absolute_url()


def _first_reply(topic: Topic | None) -> int:
    assert topic is not None
    return topic.replies.order_by("pk")[0].pk


def _page(idea: Idea | None) -> str:
    assert idea is not None, "The demo community has no such idea."
    return idea.get_absolute_url()


def _for_members() -> Iterator[Stop]:
    yield Stop("new", "/ideas/new/?q=Two+drivers+one+card", MEMBER)
    yield Stop("drafts", "/drafts/", MEMBER)
    yield Stop("notifications", "/notifications/", MEMBER)
    yield Stop("settings", "/settings/", MEMBER)
    yield Stop("tokens", "/settings/tokens/", MEMBER)
    yield Stop("email", "/accounts/email/", MEMBER)
    yield Stop("password", "/accounts/password/change/", MEMBER)
    yield Stop("two-factor", "/accounts/2fa/", MEMBER)
    yield Stop("sessions", "/accounts/sessions/", MEMBER)


def _accounts() -> Iterator[Stop]:
    yield Stop("sign-in", "/accounts/login/")
    yield Stop("sign-up", "/accounts/signup/")
    yield Stop("reset", "/accounts/password/reset/")


def _errors() -> Iterator[Stop]:
    yield Stop("not-found", "/nothing-here/")
    for code in ("403", "403_csrf", "429", "500"):
        yield Stop(f"error-{code}", "/nothing-here/", template=f"{code}.html")


def session_cookie(handle: str, address: str) -> dict[str, str]:
    """What signs somebody in, for a browser."""
    client = Client()
    client.force_login(
        Member.objects.get(handle=handle), "django.contrib.auth.backends.ModelBackend"
    )
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
