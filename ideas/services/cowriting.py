"""Writing an idea together: asking friends, answering, leaving. All while it is a draft."""

from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from activity.services import record
from community.models import Friendship, Member
from ideas import notices, policies
from ideas.events import CoAuthorGone, CoAuthorInvited, CoAuthorJoined, DraftDiscarded, IdeaOpened
from ideas.models import CoAuthor, Follow, Idea
from ideas.models.co_author import CoAuthorState


@transaction.atomic
def invite(*, draft: Idea, by: Member, friend: Member) -> CoAuthor:
    """Ask a friend to write a draft along; harmless when they are asked already. Raises Refused."""
    _hold(draft.author_id, friend)
    draft = _locked(draft)
    row = CoAuthor.objects.filter(idea=draft, member=friend).first()
    policies.can_invite(by, draft, friend).enforce()
    if row is not None and row.is_holding:
        return row
    row = row or CoAuthor(idea=draft, member=friend)
    row.state, row.invited_at, row.answered_at = CoAuthorState.INVITED, timezone.now(), None
    row.save()
    record(CoAuthorInvited(idea_id=draft.pk, member_id=friend.pk), actor=by)
    return row


@transaction.atomic
def accept(*, draft: Idea, by: Member) -> None:
    """Write along; harmless when one does already. Raises Refused, or CoAuthor.DoesNotExist."""
    _hold(draft.author_id, by)
    draft = _locked(draft)
    row = CoAuthor.objects.select_related("idea").get(idea=draft, member=by)
    if row.state == CoAuthorState.ACCEPTED:
        return
    policies.can_join(by, row).enforce()
    _set(row, CoAuthorState.ACCEPTED)
    record(CoAuthorJoined(idea_id=draft.pk, member_id=by.pk), actor=by)


@transaction.atomic
def leave(*, draft: Idea, by: Member) -> None:
    """Say no to an invitation, or write along no more; harmless when one does neither."""
    draft = _locked(draft)
    row = CoAuthor.objects.holding().filter(idea=draft, member=by).first()
    if row is None or not draft.is_draft:
        return
    wrote = row.state == CoAuthorState.ACCEPTED
    _set(row, CoAuthorState.LEFT if wrote else CoAuthorState.DECLINED)
    if wrote:
        record(CoAuthorGone(idea_id=draft.pk, member_id=by.pk), actor=by)


@transaction.atomic
def remove(*, draft: Idea, by: Member, co_author: Member) -> None:
    """Take an invitation back, or a co-author's part in a draft. Raises Refused."""
    draft = _locked(draft)
    policies.can_gather(by, draft).enforce()
    row = CoAuthor.objects.holding().filter(idea=draft, member=co_author).first()
    if row is None:
        return
    wrote = row.state == CoAuthorState.ACCEPTED
    _set(row, CoAuthorState.ENDED)
    if wrote:
        record(CoAuthorGone(idea_id=draft.pk, member_id=co_author.pk), actor=by)


@transaction.atomic
def part(*, member: Member, other: Member) -> None:
    """A block: neither writes in a draft of the other any more. Nobody is told."""
    rows = CoAuthor.objects.holding().between(member, other)
    drafts = Idea.objects.filter(pk__in=rows.values("idea")).order_by("pk")
    # Whoever posts one of them just now is waited for; then it is a draft no more.
    list(drafts.select_for_update(no_key=True).values_list("pk"))
    for row in rows:
        _set(row, CoAuthorState.ENDED)


@transaction.atomic
def settle(*, draft: Idea) -> None:
    """The idea is about to be posted: who has not answered is invited no more, who wrote along
    hears what becomes of it."""
    for row in CoAuthor.objects.filter(idea=draft, state=CoAuthorState.INVITED):
        _set(row, CoAuthorState.ENDED)
    Follow.objects.bulk_create(
        [Follow(idea=draft, member_id=pk) for pk in draft.co_author_ids], ignore_conflicts=True
    )


type Together = CoAuthorInvited | CoAuthorJoined | CoAuthorGone | DraftDiscarded | IdeaOpened


def telling(event: Together, idea: Idea) -> Iterator[tuple[str, list[int], str]]:
    """Who hears of it in which words, and where that leads."""
    if isinstance(event, CoAuthorInvited):
        waiting = CoAuthor.objects.filter(idea=idea, state=CoAuthorState.INVITED)
        if waiting.filter(member=event.member_id).exists():
            yield notices.CO_INVITED, [event.member_id], reverse("ideas:invitation", args=[idea.pk])
    elif isinstance(event, CoAuthorJoined):
        page = reverse("ideas:co_authors", args=[idea.pk])
        yield notices.CO_JOINED, [idea.author_id], page
    elif isinstance(event, IdeaOpened):
        yield notices.CO_POSTED, event.co_author_ids, idea.get_absolute_url()
    else:
        yield _end(event, idea)


def _end(event: CoAuthorGone | DraftDiscarded, idea: Idea) -> tuple[str, list[int], str]:
    if isinstance(event, DraftDiscarded):
        return notices.CO_DISCARDED, event.co_author_ids, reverse("ideas:drafts")
    if event.actor_id == event.member_id:
        return notices.CO_LEFT, [idea.author_id], reverse("ideas:co_authors", args=[idea.pk])
    return notices.CO_REMOVED, [event.member_id], reverse("ideas:drafts")


def _hold(author_id: int, friend: Member) -> None:
    # As a block does, first of all: so neither waits for what the other has taken.
    author = Member(pk=author_id)
    Friendship.objects.select_for_update(no_key=True).between(author, friend).first()


def _locked(draft: Idea) -> Idea:
    return Idea.objects.select_for_update(no_key=True).get(pk=draft.pk)


def _set(row: CoAuthor, state: CoAuthorState) -> None:
    row.state, row.answered_at = state, timezone.now()
    row.save(update_fields=["state", "answered_at"])
