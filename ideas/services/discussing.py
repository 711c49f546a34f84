"""Comments, their edits, helpful marks and settled points."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community import markdown, wilson
from community.errors import Refused
from community.models import Member
from community.policies.writing import can_link
from ideas import policies
from ideas.events import CommentFoundHelpful, CommentHelpfulWithdrawn, CommentPosted, PointResolved
from ideas.models import Comment, CommentRevision, Follow, HelpfulMark, Idea
from ideas.models.comment import CommentKind
from ideas.services import promising
from ideas.services.promising.open_ones import locked

# How soon the same words again were not meant.
DOUBLE_CLICK = timedelta(seconds=30)


@transaction.atomic
def comment(
    *,
    idea: Idea,
    by: Member,
    body: str,
    kind: str = CommentKind.COMMENT,
    parent: Comment | None = None,
) -> Comment:
    """Say something about an idea, or reply. A reply to a reply joins its thread.

    The same words again at once are a double click: the comment that stands is returned.
    """
    policies.can_comment(by, idea, replies=parent is not None).enforce()
    can_link(by, body).enforce()
    if parent is not None:
        parent, kind = parent.parent or parent, CommentKind.COMMENT
    if said := _said_just_now(idea, by, body, parent):
        return said
    said = _say(idea, Comment(author=by, body=body, kind=kind, parent=parent))
    Follow.objects.bulk_create([Follow(idea=idea, member=by)], ignore_conflicts=True)
    record(_posted(said), actor=by)
    return said


def _say(idea: Idea, said: Comment) -> Comment:
    """Save a comment; the team's first one keeps the promise of a reply."""
    official = idea.board.team_id in policies.team_ids(said.author)
    if official:
        # Before the comment, which takes the tally: idea, promises and tally, in this order.
        locked(idea)
    said.idea, said.team_id = idea, idea.board.team_id if official else None
    said.body_html, said.created_at = markdown.render(said.body), timezone.now()
    said.save()
    if official:
        promising.follow_reply(idea=idea, comment=said)
    return said


def _said_just_now(idea: Idea, by: Member, body: str, parent: Comment | None) -> Comment | None:
    # One at a time, so that of two clicks at once the second sees what the first has done.
    Member.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
    recently = timezone.now() - DOUBLE_CLICK
    same = idea.comments.shown().filter(author=by, parent=parent, created_at__gt=recently)
    return same.filter(body=body).first()


def _posted(said: Comment) -> CommentPosted:
    handles = markdown.mentioned(said.body)
    members = Member.objects.active().filter(handle__in=handles) if handles else ()
    return CommentPosted(
        idea_id=said.idea_id,
        comment_id=said.pk,
        parent_id=said.parent_id,
        author_id=said.author_id,
        comment_kind=said.kind,
        official=said.team_id is not None,
        mentioned=sorted(member.pk for member in members),
    )


@transaction.atomic
def edit_comment(*, comment: Comment, by: Member, version: int, body: str) -> Comment:
    """Change one's comment; what it said before stays readable. Refused as `stale` when late."""
    said = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    policies.can_edit_comment(by, said).enforce()
    can_link(by, body, before=said.body).enforce()
    if said.version != version:
        raise Refused(_("This comment was changed while you were writing."), code="stale")
    if body == said.body:
        return said
    CommentRevision.objects.create(comment=said, number=said.version, body=said.body)
    said.body, said.body_html = body, markdown.render(body)
    said.version += 1
    said.edited_at = timezone.now()
    said.save(update_fields=["body", "body_html", "version", "edited_at"])
    return said


@transaction.atomic
def mark_helpful(*, comment: Comment, by: Member, helpful: bool | None) -> Comment:
    """Set whether a comment helped; None takes the mark back."""
    said = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    policies.can_mark(by, said).enforce()
    before = HelpfulMark.objects.filter(comment=said, member=by).first()
    if helpful is None:
        HelpfulMark.objects.filter(comment=said, member=by).delete()
    else:
        HelpfulMark.objects.update_or_create(comment=said, member=by, defaults={"helpful": helpful})
    _recount_marks(said)
    if helpful and not (before and before.helpful):
        fact = CommentFoundHelpful(comment_id=said.pk, author_id=said.author_id, member_id=by.pk)
        record(fact, actor=by)
    elif before and before.helpful and not helpful:
        withdrawn = CommentHelpfulWithdrawn(
            comment_id=said.pk, author_id=said.author_id, member_id=by.pk
        )
        record(withdrawn, actor=by)
    return said


def _recount_marks(said: Comment) -> None:
    counts = said.marks.aggregate(
        yes=Count("id", filter=Q(helpful=True)), no=Count("id", filter=Q(helpful=False))
    )
    said.helpful, said.unhelpful = counts["yes"], counts["no"]
    said.helpful_score = wilson.lower_bound(said.helpful, said.unhelpful)
    said.save(update_fields=["helpful", "unhelpful", "helpful_score"])


@transaction.atomic
def resolve(*, comment: Comment, by: Member, resolved: bool) -> Comment:
    """Settle a question or concern, or take it up again."""
    said = (
        Comment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("idea__board")
        .get(pk=comment.pk)
    )
    policies.can_resolve(by, said).enforce()
    if bool(said.resolved_at) == resolved:
        return said
    said.resolved_at = timezone.now() if resolved else None
    said.resolved_by = by if resolved else None
    said.save(update_fields=["resolved_at", "resolved_by"])
    if resolved:
        fact = PointResolved(idea_id=said.idea_id, comment_id=said.pk, author_id=said.author_id)
        record(fact, actor=by)
    return said
