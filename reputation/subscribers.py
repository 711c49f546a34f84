"""What reputation does when members did something."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from activity.events import Event
from activity.registry import Window, subscribe, subscribe_in_bulk
from community import trust
from community.events import (
    AddressConfirmed,
    ReplyPosted,
    SolvedMineToo,
    SolvedMineTooWithdrawn,
    TopicOpened,
)
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
from reputation.badges import BY_SLUG, Badge
from reputation.events import BadgeEarned, GraceBegan, TrustChanged
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


@subscribe_in_bulk(SolvedMineToo, SolvedMineTooWithdrawn)
def keep_who_was_helped(window: Window) -> None:
    """Badges ask whom an answer helped beside who had asked."""
    services.keep_solved(window=window)


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


@subscribe(BadgeEarned)
def tell_of_badges(batch: Sequence[BadgeEarned]) -> None:
    """Each in their own language. A badge that there is no more is told to nobody."""
    ids = {member for event in batch for member in event.member_ids}
    languages = dict(Member.objects.filter(pk__in=ids).values_list("pk", "language"))
    for event in batch:
        if badge := BY_SLUG.get(event.badge):
            for language in sorted({languages[pk] for pk in event.member_ids if pk in languages}):
                speakers = [pk for pk in event.member_ids if languages.get(pk) == language]
                with override(language):
                    _congratulate(event, badge, speakers)


def _congratulate(event: BadgeEarned, badge: Badge, members: Sequence[int]) -> None:
    notifying.notify(
        event_id=event.id,
        kind=notices.EARNED,
        topic=f"badge:{badge.slug}",
        subject=str(badge.name),
        excerpt=str(badge.how),
        url=reverse("reputation:badge", args=[badge.slug]),
        actor_id=None,
        recipients=members,
        occurred_at=event.when,
    )
