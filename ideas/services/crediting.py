"""Who has a part in an idea, recorded where it happens."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.models import Member, Reply
from ideas import policies
from ideas.events import ContributionCredited, ContributionTakenBack
from ideas.models import Comment, Contribution, Decision, Idea, Merge, TopicLink
from ideas.models.comment import CommentKind
from ideas.models.contribution import PARTS, Part
from ideas.models.review import DeedKind
from ideas.services import deeds


@transaction.atomic
def credit_authors(*, ideas: Iterable[Idea]) -> None:
    """Whoever posted an idea had it, since then; co-authors wrote it together with them."""
    Contribution.objects.bulk_create(
        [
            Contribution(
                idea=idea, member_id=pk, part=part, recorded_at=idea.opened_at or timezone.now()
            )
            for idea in ideas
            for pk, part in _writers(idea)
        ],
        ignore_conflicts=True,
    )


def _writers(idea: Idea) -> Iterator[tuple[int, Part]]:
    yield idea.author_id, Part.AUTHOR
    for pk in idea.co_author_ids:
        yield pk, Part.CO_AUTHOR


@transaction.atomic
def credit_merged_author(*, merge: Merge, by: Member) -> None:
    """Whoever wrote what was merged keeps the credit, on the idea that stands for it."""
    Contribution.objects.create(
        idea=merge.duplicate,
        member_id=merge.duplicate.author_id,
        part=Part.MERGED_AUTHOR,
        merge=merge,
        recorded_by=by,
        recorded_at=merge.merged_at,
    )


@transaction.atomic
def end_merged_author(*, merge: Merge) -> None:
    """The idea stands for itself again, and so does its author."""
    merge.contributions.standing().update(ended_at=merge.undone_at)


@transaction.atomic
def credit_comment(
    *, comment: Comment, by: Member, decision: Decision | None = None
) -> Contribution:
    """Say that a comment was used; harmless when it is said already. Raises Refused.

    Its kind says as what: built on the idea, raised a concern, gave an answer.
    """
    said = _locked(comment)
    policies.can_credit(by, said).enforce()
    if known := said.contributions.standing().first():
        return known
    made = Contribution.objects.create(
        idea=said.idea,
        member=said.author,
        part=PARTS[CommentKind(said.kind)],
        comment=said,
        decision=decision,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    if policies.answers_for(by, said.idea.board):
        deeds.write(idea=said.idea, member=by, kind=DeedKind.CREDITED, comment=said.pk)
    record(_fact(ContributionCredited, made), actor=by)
    return made


@transaction.atomic
def take_back(*, comment: Comment, by: Member) -> None:
    """It was not used after all; harmless when nobody said so. The row stays, ended."""
    said = _locked(comment)
    policies.can_credit(by, said).enforce()
    for ended in said.contributions.standing():
        ended.ended_at = timezone.now()
        ended.save(update_fields=["ended_at"])
        record(_fact(ContributionTakenBack, ended), actor=by)


@transaction.atomic
def credit_reply(*, reply: Reply, idea: Idea, by: Member) -> Contribution:
    """Say that a reply was used for an idea that its topic is linked to. Raises Refused.

    Several replies of a member are one answer: they are credited once.
    """
    held, said = _held(idea, reply)
    policies.can_credit_reply(by, said, held).enforce()
    if not TopicLink.objects.filter(topic=said.topic_id, idea=held).exists():
        raise Refused(_("The topic of this reply is not linked to the idea."), code="not_linked")
    answers = Contribution.objects.standing().filter(idea=held, part=Part.ANSWER, comment=None)
    if known := answers.filter(member=said.author_id).first():
        return known
    made = Contribution.objects.create(
        idea=held,
        member_id=said.author_id,
        part=Part.ANSWER,
        reply=said,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    if policies.answers_for(by, held.board):
        deeds.write(idea=held, member=by, kind=DeedKind.CREDITED, reply=said.pk)
    record(_fact(ContributionCredited, made), actor=by)
    return made


@transaction.atomic
def take_reply_back(*, reply: Reply, idea: Idea, by: Member) -> None:
    """It was not used after all; harmless when nobody said so. The row stays, ended."""
    held, said = _held(idea, reply)
    policies.can_credit_reply(by, said, held).enforce()
    for ended in Contribution.objects.standing().filter(idea=held, reply=said):
        ended.ended_at = timezone.now()
        ended.save(update_fields=["ended_at"])
        record(_fact(ContributionTakenBack, ended), actor=by)


def _held(idea: Idea, reply: Reply) -> tuple[Idea, Reply]:
    """Both as they are now; the idea until the transaction ends, so that credit comes once."""
    ideas = Idea.objects.select_for_update(of=("self",), no_key=True).select_related("board")
    return ideas.defer("search").get(pk=idea.pk), Reply.objects.defer("search").get(pk=reply.pk)


@transaction.atomic
def credit_from_decision(
    *, decision: Decision, comment_ids: Iterable[int], by: Member
) -> list[Contribution]:
    """Credit the comments that a decision used, on its idea or on one merged into it.

    What may not be credited (the author's own, the team's, a question) is left out.
    """
    of_group = Comment.objects.filter(idea__in=Idea.objects.in_group(decision.idea_id))
    made = []
    for comment in of_group.filter(pk__in=comment_ids).order_by("pk"):
        try:
            made.append(credit_comment(comment=comment, by=by, decision=decision))
        except Refused:
            continue
    return made


def _locked(comment: Comment) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("idea__board", "author").get(pk=comment.pk)


def _fact[F: (ContributionCredited, ContributionTakenBack)](
    kind: type[F], contribution: Contribution
) -> F:
    return kind(
        contribution_id=contribution.pk,
        idea_id=contribution.idea_id,
        comment_id=contribution.comment_id,
        reply_id=contribution.reply_id,
        author_id=contribution.member_id,
        part=contribution.part,
    )
