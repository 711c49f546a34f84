"""Tags that trusted members give the ideas of others."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import IdeaRetagged
from ideas.models import Idea, Retagging
from ideas.services import sorting
from ideas.services.writing import MOST_TAGS


@transaction.atomic
def retag(*, idea: Idea, by: Member, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
    """Add and remove tags, for all to see; what somebody else did meanwhile stays."""
    idea = (
        Idea.objects.select_for_update(of=("self",), no_key=True)
        .select_related("board")
        .get(pk=idea.pk)
    )
    policies.can_retag(by, idea).enforce()
    before = set(idea.tags.names())
    after = (before | set(add)) - set(remove)
    if after == before:
        return
    if len(after) > MOST_TAGS:
        raise Refused(_("Use five tags at the most."), code="too_many_tags")
    idea.tags.set(sorted(after))
    Retagging.objects.create(idea=idea, member=by, before=sorted(before), after=sorted(after))
    sorting.note_places(ideas=[idea], by=by)
    record(IdeaRetagged(idea_id=idea.pk, author_id=idea.author_id, member_id=by.pk), actor=by)
