"""Who has a part in an idea, recorded where it happens."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from activity.services import record
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import ContributionCredited, ContributionTakenBack
from ideas.models import Comment, Contribution, Decision, Idea, Merge
from ideas.models.comment import CommentKind
from ideas.models.contribution import PARTS, Part
from ideas.models.review import DeedKind
from ideas.services import deeds


@transaction.atomic
def credit_authors(*, ideas: Iterable[Idea]) -> None:
    """Whoever posted an idea had it, since then."""
    Contribution.objects.bulk_create(
        [
            Contribution(
                idea=idea,
                member_id=idea.author_id,
                part=Part.AUTHOR,
                recorded_at=idea.opened_at or timezone.now(),
            )
            for idea in ideas
        ],
        ignore_conflicts=True,
    )


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
    assert contribution.comment_id is not None
    return kind(
        contribution_id=contribution.pk,
        idea_id=contribution.idea_id,
        comment_id=contribution.comment_id,
        author_id=contribution.member_id,
        part=contribution.part,
    )
