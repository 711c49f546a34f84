"""What ideas do when something happened: count, start clocks, reopen, and tell people."""

from collections.abc import Iterable, Sequence

from activity.events import Event
from activity.registry import subscribe
from community import markdown
from community.events import AddressConfirmed
from community.models import Member
from community.services import notifying
from ideas import notices
from ideas.events import (
    BoardTermsChanged,
    CommentPosted,
    DecisionApproved,
    DecisionCancelled,
    DecisionMade,
    DecisionOvertaken,
    DecisionProposed,
    DecisionPublished,
    DecisionReturned,
    IdeaRevised,
    PointResolved,
    PromiseEscalated,
    PromiseWithdrawn,
    SupportGiven,
)
from ideas.models import Comment, Decision, Follow, Idea, PendingDecision, Promise, Support
from ideas.models.promise import OPEN
from ideas.models.support import SupportState
from ideas.services import composing, promising, reminding, steps, supporting, tallies
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
            promising.earn_answer(idea=idea)


@subscribe(BoardTermsChanged)
def fit_new_terms(batch: Sequence[BoardTermsChanged]) -> None:
    """Fewer supporters are asked for: what has as many earned its answer at that moment.

    And what had earned one by the old terms, unnoticed so far, has it by those.
    """
    for event in batch:
        enough = min(event.threshold, event.threshold_before)
        ideas = Idea.objects.filter(board=event.board_id, answer_due_at=None)
        ideas = ideas.filter(status__in=sorted(WAITS_FOR_ANSWER), tally__supports__gte=enough)
        for idea in ideas.select_related("board"):
            promising.earn_answer(idea=idea)


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


@subscribe(DecisionMade)
def overtake_waiting(batch: Sequence[DecisionMade]) -> None:
    """What a colleague wrote before a step waits no more."""
    for event in batch:
        composing.overtake(idea_id=event.idea_id, decision_id=event.decision_id)


BECAME = {
    DecisionApproved.kind: notices.APPROVED,
    DecisionReturned.kind: notices.RETURNED,
    DecisionCancelled.kind: notices.CANCELLED,
    DecisionOvertaken.kind: notices.OVERTAKEN,
    DecisionPublished.kind: notices.PUBLISHED,
}
type Waited = (
    DecisionProposed | DecisionApproved | DecisionReturned | DecisionCancelled
    | DecisionOvertaken | DecisionPublished
)  # fmt: skip


@subscribe(
    DecisionProposed, DecisionApproved, DecisionReturned, DecisionCancelled, DecisionOvertaken,
    DecisionPublished,
)  # fmt: skip
def tell_waiting(batch: Sequence[Waited]) -> None:
    """The team hears what waits for its eyes, authors what became of theirs."""
    rows = PendingDecision.objects.select_related("idea__board", "proposed_by")
    pendings = rows.in_bulk([event.pending_id for event in batch])
    for event in batch:
        pending = pendings[event.pending_id]
        if isinstance(event, DecisionProposed):
            composing.tell_team(event, pending)
        else:
            composing.tell(event, BECAME[event.kind], pending)


@subscribe(PromiseWithdrawn)
def tell_withdrawn(batch: Sequence[PromiseWithdrawn]) -> None:
    """The author and who supports the idea hear that a promise was withdrawn, and why."""
    promises = Promise.objects.select_related("owed_on").in_bulk([e.promise_id for e in batch])
    for event in batch:
        promise = promises[event.promise_id]
        recipients = {*_supporters(event.idea_id), event.author_id}
        excerpt = promise.withdrawal_reason[:EXCERPT]
        _tell(event, notices.WITHDRAWN, promise.owed_on, recipients, excerpt)


@subscribe(PromiseEscalated)
def remind_of_promises(batch: Sequence[PromiseEscalated]) -> None:
    """Those who owe an answer hear that time runs out. What has ended since needs no reminder."""
    rows = Promise.objects.select_related("owed_on", "owed_on__review")
    promises = rows.filter(state__in=sorted(OPEN)).in_bulk([e.promise_id for e in batch])
    for event in batch:
        if promise := promises.get(event.promise_id):
            kind, idea = notices.ESCALATED[event.percent], promise.owed_on
            _tell(event, kind, idea, reminding.recipients(promise, event.percent), idea.snippet)


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
