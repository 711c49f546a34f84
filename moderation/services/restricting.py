"""Hiding a thing and showing it again. What hides it is a column of its own; here is why."""

from django.db import transaction
from django.utils import timezone

from activity.services import record
from community.models import Member, Reply, Topic
from community.services import hiding as hiding_in_forum
from community.services import mailing
from ideas.models import Comment, Idea
from ideas.services import hiding
from moderation import policies
from moderation.events import Lifted, Restricted
from moderation.models import KINDS, Restriction
from moderation.policies import Thing


@transaction.atomic
def restrict(*, thing: Thing, by: Member, reason: str, spam: bool = False) -> Restriction:
    """Hide what somebody wrote, with a reason that its author will read. Raises Refused.

    `spam` costs the author points as long as it stands.

    Of two moderators at once, the second is Refused as `already_hidden`.
    """
    thing = _locked(thing)
    policies.can_restrict(by, thing).enforce()
    what = {type(thing).__name__.lower(): thing}
    restriction = Restriction.objects.create(**what, moderator=by, reason=reason, spam=spam)
    _hide(thing, hidden=True)
    mailing.withhold(address=thing.get_absolute_url())
    record(_fact(Restricted, restriction), actor=by)
    return restriction


@transaction.atomic
def lift(*, restriction: Restriction, by: Member, reason: str) -> Restriction:
    """Show a hidden thing again, with a reason. Raises Refused."""
    restriction = (
        Restriction.objects.select_for_update(of=("self",))
        .select_related(*KINDS)
        .get(pk=restriction.pk)
    )
    policies.can_lift(by, restriction).enforce()
    restriction.lifted_at, restriction.lifted_by = timezone.now(), by
    restriction.lift_reason = reason
    restriction.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    _hide(restriction.thing, hidden=False)
    record(_fact(Lifted, restriction), actor=by)
    return restriction


def _fact[F: (Restricted, Lifted)](kind: type[F], restriction: Restriction) -> F:
    thing = restriction.thing
    return kind(
        restriction_id=restriction.pk,
        author_id=thing.author_id,
        thing=restriction.kind,
        thing_id=thing.pk,
        spam=restriction.spam,
    )


def _locked(thing: Thing) -> Thing:
    held: Thing = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    return held


def _hide(thing: Thing, *, hidden: bool) -> None:
    match thing:
        case Idea():
            hiding.set_idea_hidden(idea=thing, hidden=hidden)
        case Comment():
            hiding.set_comment_hidden(comment=thing, hidden=hidden)
        case Topic():
            hiding_in_forum.set_topic_hidden(topic=thing, hidden=hidden)
        case Reply():
            hiding_in_forum.set_reply_hidden(reply=thing, hidden=hidden)
