"""The tour of the site: every page worth looking at, and who looks at it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Length
from django.test import Client

from community.models import Digest, Member, SentMail, Topic
from community.outs import Out
from ideas.models import Comment, Idea, Merge, PendingDecision, Promise, Support, TopicLink
from ideas.status import Status
from moderation.models import Flag, Statement
from reputation.leading import busiest_tags

VISITOR, MEMBER, TEAM, MANAGER = "", "mara", "leonie", "noor"


@dataclass(frozen=True)
class Stop:
    """A page: its address, or the template of one that has none; `who` is a handle."""

    name: str
    path: str = ""
    who: str = VISITOR
    template: str = ""


def stops() -> list[Stop]:
    """For the demo community, which must be loaded."""
    parts = (
        _lists, _people, _ideas, _forum, _waiting, _for_members, _moderation, _for_teams,
        _accounts, _errors,
    )  # fmt: skip
    return [stop for part in parts for stop in part()]


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
    yield Stop("roadmap", "/roadmap/")
    yield Stop("roadmap-member", "/roadmap/?board=charging", MEMBER)
    yield Stop("roadmap-column", "/roadmap/?status=shipped")
    yield Stop("roadmap-empty", "/roadmap/?tag=nowhere")
    yield Stop("changelog", "/changelog/")
    yield Stop("changelog-empty", "/changelog/?tag=nowhere")
    yield Stop("promises", "/promises/")
    yield Stop("promises-board", "/boards/heating/promises/")
    yield Stop("ordering", "/ideas/ordering/")
    yield Stop("levels", "/reputation/levels/")
    yield Stop("levels-member", "/reputation/levels/", MEMBER)
    yield Stop("levels-regular", "/reputation/levels/", "emre")
    yield Stop("rules", "/reputation/rules/")
    yield Stop("points", f"/members/{MEMBER}/points/", MEMBER)
    yield Stop("points-filtered", f"/members/{MEMBER}/points/?kind=shipped&period=365", MEMBER)
    yield Stop("leaderboard", "/leaderboard/?period=ever")
    yield Stop("leaderboard-member", "/leaderboard/", MEMBER)
    yield Stop("leaderboard-tag", _tagged_leaders(), MEMBER)
    yield Stop("leaderboard-newcomers", "/leaderboard/?period=newcomers&board=charging")
    yield Stop("leaderboard-past", "/leaderboard/past/?period=month")
    # Two of the votes for an idea of his are void.
    yield Stop("points-voided", "/members/tom/points/", "tom")
    yield Stop("badges", "/badges/")
    yield Stop("badges-member", "/badges/", MEMBER)
    yield Stop("badge", "/badges/made-real/", MEMBER)
    yield Stop("badge-nobody", "/badges/heart-of-the-house/")
    yield Stop("mailbox", "/mailbox/")
    digest = Digest.objects.select_related("member").get(member__handle=MEMBER)
    letter = SentMail.objects.get(to=digest.member.email)
    yield Stop("mailbox-digest", f"/mailbox/{letter.pk}/")
    way_out = Out(digest.member_id, f"digest:{digest.period}").token
    yield Stop("unsubscribe", f"/unsubscribe/{way_out}/")


def _tagged_leaders() -> str:
    tag = busiest_tags()[0]
    return f"/leaderboard/?period=year&tag={tag.slug}"


def _people() -> Iterator[Stop]:
    yield Stop("profile", f"/people/{MEMBER}/")
    yield Stop("profile-friend", "/people/tom/", MEMBER)
    yield Stop("profile-asks", "/people/callum/", MEMBER)
    yield Stop("profile-stranger", "/people/emre/", MEMBER)
    yield Stop("profile-blocked", "/people/paolo/", MEMBER)
    yield Stop("profile-bare", "/people/gerda/", TEAM)
    yield Stop("profile-ideas", f"/people/{MEMBER}/ideas/")
    yield Stop("profile-badges", f"/people/{MEMBER}/badges/")
    yield Stop("profile-comments", f"/people/{MEMBER}/comments/")
    yield Stop("profile-supports", "/people/tom/supports/", MEMBER)
    yield Stop("profile-friends", "/people/tom/friends/", MEMBER)
    yield Stop("people", "/people/")
    yield Stop("people-member", "/people/", MEMBER)
    yield Stop("people-found", "/people/?q=mar&place=", MEMBER)
    yield Stop("people-none", "/people/?place=Atlantis", MEMBER)
    yield Stop("friends", "/friends/", MEMBER)
    yield Stop("friends-none", "/friends/", "gerda")
    yield Stop("requests", "/friends/requests/", MEMBER)
    yield Stop("requests-sent", "/friends/requests/?list=sent", MEMBER)
    yield Stop("suggestions", "/friends/suggestions/", MEMBER)
    yield Stop("suggestions-newcomer", "/friends/suggestions/", "george")
    yield Stop("block", "/people/tom/block/", MEMBER)
    yield Stop("about", "/settings/about/", MEMBER)
    yield Stop("privacy", "/settings/privacy/", MEMBER)
    yield Stop("distance", "/settings/distance/", MEMBER)


def _ideas() -> Iterator[Stop]:
    posted = Idea.objects.visible_to(None)
    talked_about = posted.order_by("-tally__comments", "pk").first()
    for who, role in ((VISITOR, "visitor"), (MEMBER, "member")):
        yield Stop(f"idea-{role}", _page(talked_about), who)
    yield Stop("idea-declined", _page(posted.filter(status=Status.DECLINED).first()))
    yield Stop("idea-shipped", _page(posted.filter(status=Status.SHIPPED).first()))
    yield Stop("idea-printed", f"{_page(talked_about)}print/")
    yield Stop("idea-long-title", _page(posted.order_by(Length("title").desc()).first()))
    owed = posted.filter(board__team__members__handle=TEAM, status=Status.UNDER_REVIEW)
    yield Stop("idea-to-decide", f"{_page(owed.first())}#decide", TEAM)
    merges = Merge.objects.live().select_related("duplicate__author", "survivor")
    objected, asked = merges.get(consent="objected"), merges.get(consent="asked")
    yield Stop("idea-merged", f"{_page(objected.survivor)}?merged={objected.duplicate_id}")
    yield Stop("idea-merged-asked", _page(asked.survivor), asked.duplicate.author.handle)
    team = asked.survivor.board.team.members.order_by("pk").first()
    assert team is not None
    yield Stop("idea-merged-team", _page(asked.survivor), team.handle)
    other = posted.filter(board=asked.survivor.board, status=Status.OPEN).first()
    yield Stop("merge", f"{_page(other)}merge/?into={asked.survivor_id}", team.handle)
    yield Stop("credits", f"/people/{asked.duplicate.author.handle}/credits/")
    paused = posted.filter(clock_paused_at__isnull=False)
    yield Stop("idea-paused", _page(paused.first()))
    withdrawn = posted.filter(promise_withdrawn_at__isnull=False)
    yield Stop("idea-withdrawn", _page(withdrawn.first()))
    promise = Promise.objects.open().filter(team__members__handle=TEAM).order_by("pk").first()
    assert promise is not None
    yield Stop("promise-withdraw", f"/promises/{promise.pk}/withdraw/", TEAM)
    void = Support.objects.filter(state="voided").select_related("idea", "member").first()
    assert void is not None
    yield Stop("votes", "/votes/")
    yield Stop("idea-voided", _page(void.idea), void.member.handle)
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


def _waiting() -> Iterator[Stop]:
    asked = Idea.objects.filter(board__team__members__handle=TEAM, status=Status.UNDER_REVIEW)
    free = asked.exclude(pending_decisions__state="scheduled").first()
    assert free is not None, "The demo community has no such idea."
    yield Stop("compose", f"/review/ideas/{free.pk}/decide/?lane=due", TEAM)
    for pending in PendingDecision.objects.waiting():
        composer = f"/review/ideas/{pending.idea_id}/decide/"
        yield Stop(f"compose-{pending.state}", composer, pending.proposed_by.handle)
        yield Stop(f"compose-{pending.state}-seen", composer, MANAGER)
    yield Stop("pending", "/review/pending/", MANAGER)
    yield Stop("pending-none", "/review/pending/", "ingrid")


def _page(idea: Idea | None) -> str:
    assert idea is not None, "The demo community has no such idea."
    return idea.get_absolute_url()


def _for_members() -> Iterator[Stop]:
    yield Stop("new", "/ideas/new/?q=Two+drivers+one+card", MEMBER)
    yield Stop("drafts", "/drafts/", MEMBER)
    drafts = Idea.objects.filter(status=Status.DRAFT)
    own, asked = drafts.get(author__handle=MEMBER), drafts.get(author__handle="tom")
    yield Stop("draft-together", f"{_page(own)}edit/", MEMBER)
    yield Stop("co-authors", f"{_page(own)}co-authors/", MEMBER)
    yield Stop("invitation", f"{_page(asked)}invitation/", MEMBER)
    together = Idea.objects.exclude(status=Status.DRAFT).exclude(co_author_ids=[])
    yield Stop("idea-together", _page(together.first()), MEMBER)
    yield Stop("feed", "/feed/", MEMBER)
    yield Stop("feed-team", "/feed/", MANAGER)
    yield Stop("following", "/feed/following/", MEMBER)
    yield Stop("notifications", "/notifications/", MEMBER)
    yield Stop("notifications-unread", "/notifications/?show=unread", MEMBER)
    yield Stop("notifications-team", "/notifications/", TEAM)
    yield Stop("notifications-none", "/notifications/?group=credit", "ingrid")
    yield Stop("choices", "/settings/notifications/", MEMBER)
    yield Stop("choices-team", "/settings/notifications/", TEAM)
    yield Stop("settings", "/settings/", MEMBER)
    yield Stop("tokens", "/settings/tokens/", MEMBER)
    yield Stop("your-data", "/settings/data/", MEMBER)
    yield Stop("your-data-kept", "/settings/data/kept/", MEMBER)
    yield Stop("your-data-sign-ins", "/settings/data/sign-ins/", MEMBER)
    yield Stop("email", "/accounts/email/", MEMBER)
    yield Stop("password", "/accounts/password/change/", MEMBER)
    yield Stop("two-factor", "/accounts/2fa/", MEMBER)
    yield Stop("sessions", "/accounts/sessions/", MEMBER)


def _moderation() -> Iterator[Stop]:
    yield Stop("moderation-log", "/moderation/log/")
    comment = Comment.objects.shown().exclude(author__handle=MEMBER).order_by("pk").first()
    assert comment is not None
    yield Stop("report", f"/report/comment/{comment.pk}/", MEMBER)
    yield Stop("report-profile", "/report/profile/tom/", MEMBER)
    reporter = Flag.objects.in_force().filter(outcome="").order_by("pk")[0].member.handle
    yield Stop("reports", "/reports/", reporter)
    yield Stop("reports-none", "/reports/", "ingrid")
    yield Stop("statements", "/statements/", MEMBER)
    yield Stop("statements-none", "/statements/", "ingrid")
    for told in Statement.objects.select_related("decision", "member").order_by("pk"):
        name = f"statement-{told.decision.action}-{told.pk}"
        yield Stop(name, told.get_absolute_url(), told.member.handle)
    free = Statement.objects.filter(complaint=None, decision__restriction__lifted_at=None)
    told = free.select_related("member")[0]
    yield Stop("complain", f"{told.get_absolute_url()}complain/", told.member.handle)


def _for_teams() -> Iterator[Stop]:
    for lane in ("due", "top", "unseen", "scored"):
        yield Stop(f"review-{lane}", f"/review/?lane={lane}", TEAM)
    yield Stop("review-nothing", "/review/?lane=top&q=Donaudampfschifffahrt", TEAM)
    noted = Idea.objects.filter(board__team__members__handle=TEAM, notes__isnull=False)
    yield Stop("review-idea", f"/review/ideas/{noted.order_by('pk')[0].pk}/", TEAM)


def _accounts() -> Iterator[Stop]:
    yield Stop("sign-in", "/accounts/login/")
    yield Stop("sign-up", "/accounts/signup/")
    yield Stop("goodbye", "/goodbye/")
    yield Stop("policies", "/policies/")
    yield Stop("policy", "/policies/terms/")
    yield Stop("house-rules", "/policies/rules/")
    yield Stop("sanctions", "/sanctions/", "owen")
    yield Stop("sanctions-none", "/sanctions/", MEMBER)
    yield Stop("second-factor", "/staff/second-factor/", MANAGER)
    yield Stop("house-rules-announced", "/policies/rules/3/")
    yield Stop("house-rules-changes", "/policies/rules/3/changes/")
    yield Stop("reset", "/accounts/password/reset/")


def _errors() -> Iterator[Stop]:
    yield Stop("not-found", "/nothing-here/")
    for code in ("403", "403_csrf", "429", "500", "503"):
        yield Stop(f"error-{code}", "/nothing-here/", template=f"{code}.html")


def session_cookie(handle: str, address: str) -> dict[str, str]:
    """What signs somebody in, for a browser."""
    client = Client()
    client.force_login(
        Member.objects.get(handle=handle), "django.contrib.auth.backends.ModelBackend"
    )
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
