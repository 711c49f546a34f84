"""Every write of moderation. What hides a thing is a column of the thing; here is why."""

from django.db import transaction
from django.utils import timezone

from activity.services import record
from community.models import Member
from ideas.models import Comment, Idea
from ideas.services import hiding
from moderation import policies
from moderation.events import Lifted, Restricted
from moderation.models import Restriction


@transaction.atomic
def restrict(*, thing: Idea | Comment, by: Member, reason: str) -> Restriction:
    """Hide an idea or a comment, with a reason that its author will read. Raises Refused.

    Of two moderators at once, the second is Refused as `already_hidden`.
    """
    thing = _locked(thing)
    policies.can_restrict(by, thing).enforce()
    what = {"idea": thing} if isinstance(thing, Idea) else {"comment": thing}
    restriction = Restriction.objects.create(**what, moderator=by, reason=reason)
    _hide(thing, hidden=True)
    fact = Restricted(restriction_id=restriction.pk, author_id=thing.author_id)
    record(fact, actor=by)
    return restriction


@transaction.atomic
def lift(*, restriction: Restriction, by: Member, reason: str) -> Restriction:
    """Show a hidden thing again, with a reason. Raises Refused."""
    restriction = (
        Restriction.objects.select_for_update(of=("self",))
        .select_related("idea", "comment")
        .get(pk=restriction.pk)
    )
    policies.can_lift(by, restriction).enforce()
    restriction.lifted_at, restriction.lifted_by = timezone.now(), by
    restriction.lift_reason = reason
    restriction.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    thing = restriction.idea or restriction.comment
    assert thing is not None
    _hide(thing, hidden=False)
    record(Lifted(restriction_id=restriction.pk, author_id=thing.author_id), actor=by)
    return restriction


def _locked(thing: Idea | Comment) -> Idea | Comment:
    if isinstance(thing, Idea):
        return Idea.objects.select_for_update().get(pk=thing.pk)
    return Comment.objects.select_for_update().get(pk=thing.pk)


def _hide(thing: Idea | Comment, *, hidden: bool) -> None:
    if isinstance(thing, Idea):
        hiding.set_idea_hidden(idea=thing, hidden=hidden)
    else:
        hiding.set_comment_hidden(comment=thing, hidden=hidden)
