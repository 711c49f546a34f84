"""What ideas do when something happened: count, start clocks, reopen, and tell people."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from activity.events import Event
from activity.registry import subscribe
from community import markdown
from community.events import AddressConfirmed
from community.models import Member
from community.services import notifying
from ideas import notices
from ideas.events import (
    CommentPosted,
    DecisionMade,
    IdeaRevised,
    PointResolved,
    SupportGiven,
    TopicBecameIdea,
)
from ideas.models import Comment, Decision, Follow, Idea, Support
from ideas.models.support import SupportState
from ideas.services import steps, supporting, tallies
from ideas.status import WAITS_FOR_ANSWER, Status
from ideas.topics import topic_of

EXCERPT = 280


@subscribe(AddressConfirmed)
def count_what_waited(batch: Sequence[AddressConfirmed]) -> None:
    """Votes that waited for a confirmed address count now."""
    for member in Member.objects.filter(pk__in={event.member_id for event in batch}):
        supporting.count_pending(member=member)


@subscribe(SupportGiven)
def watch_thresholds(batch: Sequence[SupportGiven]) -> None:
    """Start the clock where an answer is earned; reopen what enough members ask for again."""
    ideas = Idea.objects.filter(pk__in={e.idea_id for e in batch}).select_related("board")
    for idea in ideas.filter(status__in=[*WAITS_FOR_ANSWER, Status.DECLINED]):
        supporters = tallies.fold(idea.pk)
        if idea.status == Status.DECLINED:
            _reopen_if_asked(idea)
        elif supporters >= idea.board.answer_threshold and not idea.answer_due_at:
            steps.earn_answer(idea=idea)


def _reopen_if_asked(idea: Idea) -> None:
    decision = Decision.objects.filter(idea=idea).latest("id")
    since = Support.objects.since(decision).count()
    if since >= idea.board.reopen_threshold:
        steps.reopen(idea=idea, support_since=since)


@subscribe(DecisionMade)
def tell_decisions(batch: Sequence[DecisionMade]) -> None:
    decisions = Decision.objects.select_related("idea").in_bulk([e.decision_id for e in batch])
    for event in batch:
        decision = decisions[event.decision_id]
        recipients = {*_followers(event.idea_id), *_supporters(event.idea_id), event.author_id}
        excerpt = markdown.plain(decision.statement, EXCERPT)
        _tell(event, notices.DECIDED, decision.idea, recipients, excerpt)


@subscribe(CommentPosted)
def tell_comments(batch: Sequence[CommentPosted]) -> None:
    comments = Comment.objects.select_related("idea").in_bulk([e.comment_id for e in batch])
    for event in batch:
        comment = comments.get(event.comment_id)
        if comment is None or comment.hidden_at:
            continue
        excerpt = markdown.plain(comment.body, EXCERPT)
        url = comment.get_absolute_url()
        # Mentioned first: nobody is told twice of one comment, and the mention says more.
        _tell(event, notices.MENTIONED, comment.idea, event.mentioned, excerpt, url)
        kind = notices.ANSWERED if event.official else notices.COMMENTED
        _tell(event, kind, comment.idea, _followers(event.idea_id), excerpt, url)


@subscribe(IdeaRevised)
def ask_supporters_again(batch: Sequence[IdeaRevised]) -> None:
    """A rewritten idea is shown to those who supported the old words."""
    substantial = [event for event in batch if event.substantial]
    ideas = Idea.objects.in_bulk([event.idea_id for event in substantial])
    for event in substantial:
        idea = ideas[event.idea_id]
        url = f"{idea.get_absolute_url()}history/"
        _tell(event, notices.REVISED, idea, _supporters(idea.pk), idea.snippet, url)


@subscribe(PointResolved)
def tell_resolved(batch: Sequence[PointResolved]) -> None:
    comments = Comment.objects.select_related("idea").in_bulk([e.comment_id for e in batch])
    for event in batch:
        comment = comments[event.comment_id]
        excerpt = markdown.plain(comment.body, EXCERPT)
        url = comment.get_absolute_url()
        _tell(event, notices.RESOLVED, comment.idea, [event.author_id], excerpt, url)


@subscribe(TopicBecameIdea)
def offer_drafts(batch: Sequence[TopicBecameIdea]) -> None:
    """Whose topic a team made an idea of hears where the draft waits."""
    drafts = Idea.objects.in_bulk([event.idea_id for event in batch])
    for event in batch:
        if (draft := drafts.get(event.idea_id)) and draft.is_draft:
            url = reverse("ideas:edit", args=[draft.pk])
            _tell(event, notices.OFFERED, draft, [event.author_id], draft.snippet, url)


def _followers(idea_id: int) -> Iterable[int]:
    return Follow.objects.filter(idea_id=idea_id).values_list("member_id", flat=True)


def _supporters(idea_id: int) -> Iterable[int]:
    active = Support.objects.filter(idea_id=idea_id).exclude(state=SupportState.WITHDRAWN)
    return active.values_list("member_id", flat=True)


def _tell(
    event: Event,
    kind: str,
    idea: Idea,
    recipients: Iterable[int],
    excerpt: str,
    url: str = "",
) -> None:
    if idea.hidden_at:
        return
    notifying.notify(
        event_id=event.id,
        kind=kind,
        topic=topic_of(idea.pk),
        subject=idea.title,
        excerpt=excerpt,
        url=url or idea.get_absolute_url(),
        actor_id=event.actor_id,
        recipients=recipients,
        occurred_at=event.when,
    )
