"""What reputation does when members did something."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override

from activity.events import Event
from activity.registry import Window, subscribe, subscribe_in_bulk
from community import trust
from community.events import AddressConfirmed, ReplyPosted, TopicOpened
from community.models import Member
from community.services import notifying
from ideas.events import (
    CommentPosted,
    IdeaOpened,
    SupportGiven,
    SupportsReinstated,
    SupportsVoided,
)
from reputation import notices, services
from reputation.events import GraceBegan, TrustChanged
from reputation.models import TrustChange
from reputation.services import evidence, placing
from reputation.services.booking import HEARD

# About whom it is: whoever wants no more mails about levels has one thing to mute.
TOPIC = "trust"
PAGE = "/reputation/levels/"


@subscribe(SupportGiven, CommentPosted, IdeaOpened, TopicOpened, ReplyPosted)
def keep_evidence(batch: Sequence[Event]) -> None:
    """What a member does is evidence of trust, from the beginning of the log on."""
    evidence.keep(deeds=batch)


@subscribe(SupportGiven, CommentPosted, IdeaOpened, TopicOpened, ReplyPosted, AddressConfirmed)
def review_those_who_act(batch: Sequence[Event]) -> None:
    """Whoever did something may have earned trust by it, and whoever got a vote.

    It is called after `keep_evidence`, by the order of names; what a late one misses, the review
    of the next hour or night finds.
    """
    ids = {event.actor_id for event in batch if event.actor_id}
    ids |= {event.author_id for event in batch if isinstance(event, SupportGiven)}
    services.review(member_ids=ids)


@subscribe_in_bulk(*HEARD)
def keep_the_ledger(window: Window) -> None:
    """Points are written, and reversed, for what happened."""
    services.book(window=window)


@subscribe_in_bulk(*placing.HEARD)
def keep_places(window: Window) -> None:
    """Points of an idea, and of what is said on it, belong to its board and its tags."""
    services.keep_places(window=window)


@subscribe(SupportsVoided, SupportsReinstated)
def note_on_cases(batch: Sequence[SupportsVoided | SupportsReinstated]) -> None:
    """Cases about votes know what became of them. In turn: what was undone may be done again."""
    for event in batch:
        pairs = {(voter, idea) for idea, _author, voter in event.votes}
        note = (
            services.note_voided if isinstance(event, SupportsVoided) else services.note_reinstated
        )
        note(batch_id=event.batch_id, pairs=pairs)


@subscribe(TrustChanged, GraceBegan)
def tell_of_levels(batch: Sequence[TrustChanged | GraceBegan]) -> None:
    members = Member.objects.in_bulk({event.member_id for event in batch})
    reasons = _reasons(event for event in batch if isinstance(event, TrustChanged))
    for event in batch:
        member = members[event.member_id]
        with override(member.language):
            _tell(event, reasons)


def _reasons(changes: Iterable[TrustChanged]) -> Mapping[int, str]:
    by_hand = [event.change_id for event in changes if event.actor_id]
    found = TrustChange.objects.filter(pk__in=by_hand)
    return dict(found.values_list("pk", "reason"))


def _tell(event: TrustChanged | GraceBegan, reasons: Mapping[int, str]) -> None:
    level = event.after if isinstance(event, TrustChanged) else event.level
    kind, excerpt = _words(event, reasons)
    notifying.notify(
        event_id=event.id,
        kind=kind,
        topic=TOPIC,
        subject=str(trust.NAMES[level]),
        excerpt=excerpt,
        url=PAGE,
        actor_id=None,
        recipients=[event.member_id],
        occurred_at=event.when,
    )


def _words(event: TrustChanged | GraceBegan, reasons: Mapping[int, str]) -> tuple[str, str]:
    if isinstance(event, GraceBegan):
        day = date_format(date.fromisoformat(event.ends_on), "DATE_FORMAT")
        return notices.AT_STAKE, str(notices.CATCH_UP) % {"day": day}
    if event.after > event.before:
        return notices.GAINED, reasons.get(event.change_id) or str(notices.NOW)
    if event.change_id in reasons:
        return notices.TAKEN, reasons[event.change_id]
    return notices.LOST, str(notices.AGAIN)
