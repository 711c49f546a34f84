"""What a decision does to the thing itself, and the way back. Part of a deed, never one alone."""

from django.utils import timezone

from activity.services import record
from community.models import Member, Reply, Topic
from community.services import hiding as hiding_in_forum
from community.services import mailing
from ideas.models import Comment, Idea
from ideas.services import hiding
from moderation.events import Lifted, Restricted
from moderation.models import KINDS, Decision, Restriction
from moderation.things import Hideable, Thing, kind_of


def impose(*, decision: Decision, thing: Hideable, by: Member | None, spam: bool) -> Restriction:
    """Hide what a decision is about. What a program hid before passes into this one."""
    standing = standing_on(thing)
    if standing:
        _end(standing, by, decision.facts)
    made = Restriction.objects.create(
        **{kind_of(thing): thing},
        decision=decision,
        moderator=by,
        reason=decision.facts,
        spam=spam,
    )
    _hide(thing, hidden=True)
    mailing.withhold(address=thing.get_absolute_url())
    record(_fact(Restricted, made), actor=by)
    return made


def show_again(*, restriction: Restriction, by: Member | None, reason: str) -> Restriction:
    """Take back what a decision did. The restriction and its thing are locked."""
    _end(restriction, by, reason)
    _hide(restriction.thing, hidden=False)
    record(_fact(Lifted, restriction), actor=by)
    return restriction


def standing_on(thing: Thing) -> Restriction | None:
    """What hides a thing now, locked. The thing is locked before."""
    if isinstance(thing, Member):
        return None
    rows = Restriction.objects.in_force().select_for_update(of=("self",))
    return rows.select_related("decision", *KINDS).filter(**{kind_of(thing): thing}).first()


def _end(restriction: Restriction, by: Member | None, reason: str) -> None:
    restriction.lifted_at, restriction.lifted_by = timezone.now(), by
    restriction.lift_reason = reason
    restriction.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])


def _fact[F: (Restricted, Lifted)](kind: type[F], restriction: Restriction) -> F:
    thing = restriction.thing
    return kind(
        restriction_id=restriction.pk,
        author_id=thing.author_id,
        thing=restriction.kind,
        thing_id=thing.pk,
        spam=restriction.spam,
    )


def _hide(thing: Hideable, *, hidden: bool) -> None:
    match thing:
        case Idea():
            hiding.set_idea_hidden(idea=thing, hidden=hidden)
        case Comment():
            hiding.set_comment_hidden(comment=thing, hidden=hidden)
        case Topic():
            hiding_in_forum.set_topic_hidden(topic=thing, hidden=hidden)
        case Reply():
            hiding_in_forum.set_reply_hidden(reply=thing, hidden=hidden)
