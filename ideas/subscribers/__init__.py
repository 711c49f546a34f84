"""What ideas do when something happened: count, start clocks, reopen, and tell people."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import override

from activity.events import Event
from activity.registry import subscribe
from community import markdown
from community.events import AddressConfirmed
from community.models import Member, TeamMembership
from community.services import notifying
from ideas import notices
from ideas.credits import credits_of_idea
from ideas.events import (
    BoardTermsChanged,
    CoAuthorGone,
    CoAuthorInvited,
    CoAuthorJoined,
    CommentPosted,
    ContributionCredited,
    DecisionApproved,
    DecisionCancelled,
    DecisionMade,
    DecisionOvertaken,
    DecisionProposed,
    DecisionPublished,
    DecisionReturned,
    DraftDiscarded,
    IdeaOpened,
    IdeaRevised,
    IdeasMerged,
    IdeasUnmerged,
    MergeAnswered,
    ObjectionAnswered,
    PointResolved,
    PromiseEscalated,
    PromiseWithdrawn,
    SupportGiven,
    TopicBecameIdea,
)
from ideas.models import (
    Comment,
    Contribution,
    Decision,
    Idea,
    Merge,
    PendingDecision,
    Promise,
)
from ideas.models.merge import Consent
from ideas.models.promise import OPEN
from ideas.reach import authors_of, followers_of, supporters_of
from ideas.services import (
    composing,
    cowriting,
    merging,
    promising,
    reminding,
    supporting,
)
from ideas.status import WAITS_FOR_ANSWER, Status
from ideas.subscribers import thresholds
from ideas.subscribers import voiding as voiding
from ideas.topics import topic_of

EXCERPT = 280


@subscribe(AddressConfirmed)
def count_what_waited(batch: Sequence[AddressConfirmed]) -> None:
    """Votes that waited for a confirmed address count now."""
    for member in Member.objects.filter(pk__in={event.member_id for event in batch}):
        supporting.count_pending(member=member)


@subscribe(SupportGiven, IdeasMerged, IdeasUnmerged)
def watch_thresholds(batch: Sequence[SupportGiven | IdeasMerged | IdeasUnmerged]) -> None:
    """Start the clock where an answer is earned; reopen what enough members ask for again."""
    thresholds.look_at({event.idea_id for event in batch})


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


@subscribe(DecisionMade)
def tell_decisions(batch: Sequence[DecisionMade]) -> None:
    decisions = Decision.objects.select_related("idea").in_bulk([e.decision_id for e in batch])
    for event in batch:
        decision = decisions[event.decision_id]
        idea_id = event.idea_id
        recipients = {*followers_of(idea_id), *supporters_of(idea_id), *authors_of(idea_id)}
        excerpt = markdown.plain(decision.statement, EXCERPT)
        if event.target == Status.SHIPPED:
            recipients -= _thank(event, decision.idea, excerpt)
        _tell(event, notices.DECIDED, decision.idea, recipients, excerpt)


def _thank(event: DecisionMade, idea: Idea, excerpt: str) -> set[int]:
    """Thank each contributor for their part, by name and in their language; returns who they are.

    They are not told of the decision as well: this tells it.
    """
    contributors = credits_of_idea(idea.pk)
    for credit in contributors:
        with override(credit.member.language):
            words = notices.thanks(credit.member.display_name, [p.part for p in credit.parts])
        _tell(event, notices.THANKED, idea, [credit.member.pk], f"{words} {excerpt}")
    return {credit.member.pk for credit in contributors}


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
        _tell(event, kind, comment.idea, followers_of(event.idea_id), excerpt, url)


@subscribe(IdeaRevised)
def ask_supporters_again(batch: Sequence[IdeaRevised]) -> None:
    """A rewritten idea is shown to those who supported the old words."""
    substantial = [event for event in batch if event.substantial]
    ideas = Idea.objects.in_bulk([event.idea_id for event in substantial])
    for event in substantial:
        idea = ideas[event.idea_id]
        url = f"{idea.get_absolute_url()}history/"
        _tell(event, notices.REVISED, idea, supporters_of(idea.pk), idea.snippet, url)


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
        recipients = {*supporters_of(event.idea_id), event.author_id}
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


@subscribe(IdeasMerged, IdeasUnmerged)
def tell_merges(batch: Sequence[IdeasMerged | IdeasUnmerged]) -> None:
    """Whoever stood behind the merged idea hears where it stands; its author is asked."""
    merges = _merges(event.merge_id for event in batch)
    for event in batch:
        merge = merges[event.merge_id]
        moved = {merge.duplicate_id, *merging.descendants(merge.duplicate_id)}
        people = {member for pk in moved for member in (*followers_of(pk), *supporters_of(pk))}
        if isinstance(event, IdeasUnmerged):
            everybody = people | {event.author_id}
            _tell(event, notices.UNMERGED, merge.duplicate, everybody, merge.undo_note)
            continue
        url = merge.get_absolute_url()
        _tell(event, notices.MERGED_YOURS, merge.duplicate, [event.author_id], merge.note, url)
        others = people - {event.author_id}
        _tell(event, notices.MERGED, merge.duplicate, others, merge.note, url)


@subscribe(MergeAnswered, ObjectionAnswered)
def tell_objections(batch: Sequence[MergeAnswered | ObjectionAnswered]) -> None:
    """The teams hear the author's objection, the author the reply."""
    merges = _merges(event.merge_id for event in batch)
    for event in batch:
        merge = merges[event.merge_id]
        about, url = merge.duplicate, merge.get_absolute_url()
        if isinstance(event, ObjectionAnswered):
            author, words = [event.author_id], markdown.plain(merge.reply, EXCERPT)
            _tell(event, notices.OBJECTION_ANSWERED, about, author, words, url)
        elif event.consent == Consent.OBJECTED:
            boards = (merge.duplicate.board.team_id, merge.survivor.board.team_id)
            team = TeamMembership.objects.filter(team__in=boards)
            people = team.values_list("member_id", flat=True)
            words = markdown.plain(merge.objection, EXCERPT)
            _tell(event, notices.OBJECTED, about, people, words, url)


def _merges(merge_ids: Iterable[int]) -> dict[int, Merge]:
    rows = Merge.objects.select_related("duplicate__board", "survivor__board")
    return rows.in_bulk(list(merge_ids))


@subscribe(ContributionCredited)
def tell_credit(batch: Sequence[ContributionCredited]) -> None:
    """Whoever said what was used hears that it was."""
    rows = Contribution.objects.select_related("idea", "comment", "reply").defer("reply__search")
    parts = rows.in_bulk([event.contribution_id for event in batch])
    for event in batch:
        credit = parts[event.contribution_id]
        said = credit.comment or credit.reply
        excerpt, url = markdown.plain(said.body if said else "", EXCERPT), credit.get_absolute_url()
        _tell(event, notices.CREDITED, credit.idea, [event.author_id], excerpt, url)


@subscribe(CoAuthorInvited, CoAuthorJoined, CoAuthorGone, DraftDiscarded, IdeaOpened)
def tell_co_authors(batch: Sequence[cowriting.Together]) -> None:
    """Those who write together, or are asked to, hear what concerns them."""
    ideas = Idea.objects.in_bulk([event.idea_id for event in batch])
    for event in batch:
        idea = ideas.get(event.idea_id)
        if isinstance(event, DraftDiscarded):
            idea = Idea(pk=event.idea_id, title=event.title)
        if idea is not None:
            for kind, recipients, url in cowriting.telling(event, idea):
                _tell(event, kind, idea, recipients, "", url)


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
        topic=topic_of(idea.root_id),
        subject=idea.title,
        excerpt=excerpt,
        url=url or idea.get_absolute_url(),
        actor_id=event.actor_id,
        recipients=recipients,
        occurred_at=event.when,
    )
