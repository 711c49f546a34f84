"""What becomes of a deleted member's ideas, comments and votes.

Each function does some of the work in a transaction of its own and says whether all is done, so a
worker that is killed loses nothing and the next one goes on. See community.privacy.
"""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from activity.services import record_all
from community.models import Member
from community.privacy import Leaving
from community.services import notifying
from ideas.events import SupportWithdrawn
from ideas.models import Comment, CommentRevision, Decision, Idea, IdeaRevision, Merge, Support
from ideas.models.support import Cause, SupportState
from ideas.services import hiding, sorting, tallies
from ideas.status import ACCEPTS_SUPPORT, Status
from ideas.topics import topic_of

FEW, MANY = 20, 500
# What stands where a title or an objection was, in the language of the idea.
REMOVED = gettext_noop("Removed by its author")


@transaction.atomic
def withdraw_supports(leaving: Leaving) -> bool:
    """Votes for what is not shipped yet are withdrawn: nobody comes back to vote twice. The others
    stay, under a number."""
    given = list(
        Support.objects.given()
        .filter(member_id=leaving.member_id, idea__status__in=ACCEPTS_SUPPORT)
        .select_for_update(of=("self",), no_key=True)
        .select_related("idea")
        .order_by("pk")[:MANY]
    )
    counted = [one for one in given if one.counted_at]
    changed = Support.objects.filter(pk__in=[one.pk for one in given])
    changed.update(state=SupportState.WITHDRAWN, cause=Cause.LEFT)
    facts = [
        SupportWithdrawn(
            idea_id=one.idea_id, author_id=one.idea.author_id, member_id=leaving.member_id
        )
        for one in counted
    ]
    record_all(facts, actor=Member(pk=leaving.member_id))
    for one in counted:
        tallies.fold(one.idea_id)
    return len(given) < MANY


@transaction.atomic
def discard_drafts(leaving: Leaving) -> bool:
    """What was never posted goes, whatever was chosen."""
    rows = Idea.objects.filter(author_id=leaving.member_id, status=Status.DRAFT)
    drafts = list(rows.select_for_update(of=("self",)).order_by("pk")[:FEW])
    for draft in drafts:
        _remove_pictures(draft)
        draft.delete()
    return len(drafts) < FEW


def remove_ideas(leaving: Leaving) -> bool:
    """Drafts always; what was posted only if that was chosen."""
    if not discard_drafts(leaving):
        return False
    return not leaving.removes or _blank_some(leaving)


@transaction.atomic
def _blank_some(leaving: Leaving) -> bool:
    rows = Idea.objects.filter(author_id=leaving.member_id, removed_at=None)
    ideas = list(
        rows.exclude(status=Status.DRAFT)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")[:FEW]
    )
    for idea in ideas:
        _blank(idea)
    sorting.note_places(ideas=ideas, by=None)
    _forget_words(ideas)
    return len(ideas) < FEW


def _blank(idea: Idea) -> None:
    """Its words and pictures go. It stays where others have a part in it, and is hidden else."""
    alone = not _concerns_others(idea)
    with override(idea.language):
        idea.title = _(REMOVED)
    idea.body = idea.body_html = idea.snippet = idea.source_url = ""
    idea.version += 1
    idea.removed_at = timezone.now()
    idea.save(
        update_fields=[
            "title", "body", "body_html", "snippet", "source_url", "version", "removed_at",
        ]
    )  # fmt: skip
    idea.tags.clear()
    _remove_pictures(idea)
    IdeaRevision.objects.filter(idea=idea).delete()
    IdeaRevision.objects.create(
        idea=idea, number=idea.version, title=idea.title, editor_id=idea.author_id
    )
    Merge.objects.filter(duplicate=idea).exclude(objection="").update(objection=idea.title)
    if alone:
        hiding.set_idea_hidden(idea=idea, hidden=True)


def _concerns_others(idea: Idea) -> bool:
    """Whether others supported it, spoke or decided about it, or it is part of a merge."""
    here = Idea.objects.filter(pk=idea.pk)
    said = Comment.objects.filter(idea=OuterRef("pk")).exclude(author=OuterRef("author"))
    merged = Merge.objects.filter(Q(duplicate=OuterRef("pk")) | Q(survivor=OuterRef("pk")))
    parts = (
        Support.objects.given().filter(idea=OuterRef("pk")),
        said,
        Decision.objects.filter(idea=OuterRef("pk")),
        merged,
    )
    return here.filter(Q(*(Exists(part) for part in parts), _connector=Q.OR)).exists()


def _remove_pictures(idea: Idea) -> None:
    files = [picture.file for picture in idea.images.all()]
    idea.images.all().delete()
    for file in files:
        # Once it is sure: a rollback must not leave an idea without its pictures.
        transaction.on_commit(partial(file.storage.delete, file.name or ""), robust=True)


def _forget_words(ideas: Sequence[Idea]) -> None:
    """In what others were told, too."""
    notifying.reword(subjects={topic_of(idea.pk): idea.title for idea in ideas})


def remove_comments(leaving: Leaving) -> bool:
    """Their words go if that was chosen; what somebody said for a team is the team's, and stays."""
    return not leaving.removes or _blank_comments(leaving)


@transaction.atomic
def _blank_comments(leaving: Leaving) -> bool:
    rows = Comment.objects.filter(author_id=leaving.member_id, removed_at=None, team=None)
    # By idea, in the order in which their tallies are taken.
    said = list(rows.select_for_update(no_key=True).order_by("idea_id", "pk")[:MANY])
    ids, now = [one.pk for one in said], timezone.now()
    CommentRevision.objects.filter(comment__in=ids).delete()
    for one in said:
        one.body = one.body_html = ""
        one.removed_at, one.hidden_at = now, one.hidden_at or now
    Comment.objects.bulk_update(said, ["body", "body_html", "removed_at", "hidden_at"])
    return len(said) < MANY
