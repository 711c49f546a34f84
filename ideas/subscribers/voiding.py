"""What follows when votes were voided, or count again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from activity.events import Event
from activity.registry import subscribe
from community.models import Member
from community.services import notifying
from ideas import notices
from ideas.events import (
    IdeasMerged,
    IdeasUnmerged,
    SupportGiven,
    SupportsReinstated,
    SupportsVoided,
    SupportWithdrawn,
)
from ideas.models import Idea, Support, Voiding
from ideas.models.support import SupportState
from ideas.services import tallies
from ideas.subscribers import thresholds

type Told = SupportsVoided | SupportsReinstated


@subscribe(SupportsReinstated)
def watch_reinstated(batch: Sequence[SupportsReinstated]) -> None:
    """With its votes back an idea may have earned an answer. One that was earned before stays."""
    thresholds.look_at({idea_id for event in batch for idea_id, *_rest in event.votes})


@subscribe(
    SupportGiven, SupportWithdrawn, SupportsVoided, SupportsReinstated, IdeasMerged, IdeasUnmerged
)
def mark_changed(batch: Sequence[Event]) -> None:
    """What stands beside the tally is measured again, a little later."""
    tallies.mark_changed({idea_id for event in batch for idea_id in _ideas_of(event)})


def _ideas_of(event: Event) -> set[int]:
    match event:
        case SupportsVoided() | SupportsReinstated():
            return {idea_id for idea_id, *_rest in event.votes}
        case IdeasMerged() | IdeasUnmerged():
            return {event.idea_id, event.duplicate_id}
        case SupportGiven() | SupportWithdrawn():
            return {event.idea_id}
        case _:
            return set()


@subscribe(SupportsVoided, SupportsReinstated)
def tell_voters(batch: Sequence[Told]) -> None:
    """In one, so that a voter hears it in the order in which it happened."""
    voidings = Voiding.objects.in_bulk({event.batch_id for event in batch})
    for event in batch:
        if voiding := voidings.get(event.batch_id):
            _tell(event, voiding, isinstance(event, SupportsVoided))


def _tell(event: Told, voiding: Voiding, voided: bool) -> None:  # noqa: FBT001
    """Once to each, of one idea by its title and of several by their number."""
    concerned: dict[int, list[int]] = defaultdict(list)
    for idea_id, _author, member_id in event.votes if voided else _back(event):
        concerned[member_id].append(idea_id)
    reason = voiding.summary if voided else voiding.ended_why
    kinds = notices.VOIDINGS[voided]
    for kind, subject, url, members in _groups(kinds, concerned):
        notifying.notify(
            event_id=event.id,
            kind=kind,
            # A topic of its own: whoever wants no more mails about an idea still hears this.
            topic=f"voiding:{voiding.pk}",
            subject=subject,
            excerpt=reason,
            url=url,
            actor_id=None,
            recipients=members,
            occurred_at=event.when,
        )


def _back(event: Told) -> Iterable[list[int]]:
    """Without votes that were withdrawn in the meantime: nothing comes back there."""
    ideas, members = ({vote[place] for vote in event.votes} for place in (0, 2))
    rows = Support.objects.filter(idea__in=ideas, member__in=members)
    standing = set(rows.exclude(state=SupportState.WITHDRAWN).values_list("idea", "member"))
    return [vote for vote in event.votes if (vote[0], vote[2]) in standing]


type Group = tuple[str, str, str, list[int]]


def _groups(kinds: tuple[str, str], concerned: Mapping[int, list[int]]) -> Iterable[Group]:
    """Kind, subject, address and recipients of each notification that is to be written."""
    one, several = kinds
    by_idea: dict[int, list[int]] = defaultdict(list)
    by_number: dict[int, list[int]] = defaultdict(list)
    for member_id, ideas in concerned.items():
        (by_idea[ideas[0]] if len(ideas) == 1 else by_number[len(ideas)]).append(member_id)
    for idea in Idea.objects.filter(pk__in=by_idea).order_by("pk"):
        yield one, idea.title, idea.get_absolute_url(), by_idea[idea.pk]
    for number, members in sorted(by_number.items()):
        for member in Member.objects.filter(pk__in=members).order_by("pk"):
            url = reverse("community:tab", args=[member.handle, "supports"])
            yield several, str(number), url, [member.pk]
