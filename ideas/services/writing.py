"""Drafts, posting and revising."""

from collections.abc import Sequence
from datetime import timedelta
from difflib import SequenceMatcher

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community import markdown
from community.errors import Refused
from community.models import Member
from community.policies.writing import can_link
from ideas import policies
from ideas.events import DraftDiscarded, IdeaOpened, IdeaRevised
from ideas.models import Board, Follow, Idea, IdeaRevision, IdeaTag
from ideas.services import cowriting, crediting, promising, sorting
from ideas.status import Status

SNIPPET = 240
# A text that keeps less than this of its words is another proposal than the one supported.
SAME_ENOUGH = 0.8
MOST_TAGS = 5
# How soon the same text again was not meant.
DOUBLE_CLICK = timedelta(seconds=30)
LONGEST_TAG = 40


@transaction.atomic
def save_draft(
    *,
    author: Member,
    board: Board,
    title: str,
    body: str,
    language: str,
    tags: Sequence[str] = (),
    draft: Idea | None = None,
    version: int | None = None,
) -> Idea:
    """Keep a draft, new or again. Anybody may draft; posting is another question.

    `version` is the `draft_version` that was edited, where several may write: when somebody was
    quicker, it is Refused as `stale`.
    """
    if draft is not None:
        draft = _unchanged(author, draft, version)
    idea = draft or Idea(author=author, draft_version=0)
    before = (idea.title, idea.body)
    idea.board, idea.title, idea.body, idea.language = board, title, body, language
    idea.draft_version += before != (title, body) or draft is None
    _render(idea)
    idea.save()
    idea.tags.set(_few(tags))
    return idea


def _unchanged(by: Member, draft: Idea, version: int | None) -> Idea:
    """The draft, locked, if it is what its editor read."""
    locked = Idea.objects.select_for_update(no_key=True).get(pk=draft.pk)
    policies.can_redraft(by, locked).enforce()
    if version is not None and version != locked.draft_version:
        raise stale()
    return locked


def stale() -> Refused:
    """Somebody saved while another was writing."""
    return Refused(_("This idea was changed while you were writing."), code="stale")


def written_just_now(*, author: Member, board: Board, title: str, body: str) -> Idea | None:
    """What a double click has just saved or posted, in a transaction that waits for the first."""
    Member.objects.select_for_update(no_key=True).only("pk").get(pk=author.pk)
    recently = timezone.now() - DOUBLE_CLICK
    same = Idea.objects.filter(author=author, board=board, title=title, body=body)
    return same.filter(created_at__gt=recently).order_by("-id").first()


def _render(idea: Idea) -> None:
    idea.body_html = markdown.render(idea.body)
    idea.snippet = markdown.plain(idea.body, SNIPPET)


def _few(tags: Sequence[str]) -> list[str]:
    if len(tags) > MOST_TAGS:
        raise Refused(_("Use five tags at the most."), code="too_many_tags")
    return list(tags)


@transaction.atomic
def post(*, draft: Idea, by: Member) -> Idea:
    """Post a draft: it opens, its first revision is kept and its author follows it."""
    idea = (
        Idea.objects.select_for_update(of=("self",), no_key=True)
        .select_related("board__calendar")
        .get(pk=draft.pk)
    )
    policies.can_send_off(by, idea).enforce()
    policies.can_post(by, idea.board).enforce()
    can_link(by, idea.body).enforce()
    cowriting.settle(draft=idea)
    idea.status = Status.OPEN
    idea.opened_at = timezone.now()
    idea.save(update_fields=["status", "opened_at"])
    promising.promise_reply(idea=idea)
    _keep_revision(idea, by, note="")
    Follow.objects.get_or_create(idea=idea, member=by)
    crediting.credit_authors(ideas=[idea])
    record(_opened(idea), actor=by)
    return idea


def _opened(idea: Idea) -> IdeaOpened:
    return IdeaOpened(
        idea_id=idea.pk,
        board_id=idea.board_id,
        author_id=idea.author_id,
        co_author_ids=idea.co_author_ids,
        tag_ids=IdeaTag.objects.ids_of([idea.pk])[idea.pk],
    )


def _keep_revision(idea: Idea, editor: Member, *, note: str) -> IdeaRevision:
    return IdeaRevision.objects.create(
        idea=idea,
        number=idea.version,
        title=idea.title,
        body=idea.body,
        editor=editor,
        note=note,
    )


@transaction.atomic
def discard_draft(*, draft: Idea, by: Member) -> None:
    """Throw a draft away for good."""
    idea = Idea.objects.select_for_update(no_key=True).get(pk=draft.pk)
    policies.can_discard(by, idea).enforce()
    if idea.co_author_ids:
        along = list(idea.co_author_ids)
        record(DraftDiscarded(idea_id=idea.pk, title=idea.title, co_author_ids=along), actor=by)
    idea.delete()


@transaction.atomic
def revise(
    *,
    idea: Idea,
    by: Member,
    version: int,
    title: str,
    body: str,
    tags: Sequence[str],
    note: str = "",
) -> Idea:
    """Change a posted idea and keep what it said before.

    `version` is the one that was edited: when somebody was quicker, it is Refused as `stale`. A
    change of substance after the first vote tells the supporters, who keep or withdraw.
    """
    rows = Idea.objects.select_for_update(of=("self",), no_key=True).select_related("board")
    idea = rows.get(pk=idea.pk)
    policies.can_edit(by, idea).enforce()
    can_link(by, body, before=idea.body).enforce()
    if idea.version != version:
        raise stale()
    _sort(idea, tags, by)
    if (title, body) == (idea.title, idea.body):
        return idea
    substantial = _differs(idea, title, body) and _has_votes(idea)
    _rewrite(idea, title, body)
    _keep_revision(idea, by, note=note)
    record(_revised(idea, substantial=substantial), actor=by)
    return idea


def _sort(idea: Idea, tags: Sequence[str], by: Member) -> None:
    before = set(idea.tags.names())
    idea.tags.set(_few(tags))
    if before != set(tags):
        sorting.note_places(ideas=[idea], by=by)


def _revised(idea: Idea, *, substantial: bool) -> IdeaRevised:
    return IdeaRevised(
        idea_id=idea.pk, author_id=idea.author_id, number=idea.version, substantial=substantial
    )


def _rewrite(idea: Idea, title: str, body: str) -> None:
    idea.title, idea.body = title, body
    idea.version += 1
    idea.edited_at = timezone.now()
    _render(idea)
    idea.save(update_fields=["title", "body", "body_html", "snippet", "version", "edited_at"])


def _differs(idea: Idea, title: str, body: str) -> bool:
    """Whether a revision is another proposal: by the share of words that stay, in order."""
    before, after = f"{idea.title} {idea.body}".split(), f"{title} {body}".split()
    return SequenceMatcher(None, before, after, autojunk=False).ratio() < SAME_ENOUGH


def _has_votes(idea: Idea) -> bool:
    return idea.supports.active().exists()
