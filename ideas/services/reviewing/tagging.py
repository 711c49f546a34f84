"""Tags that a team gives an idea."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.models import Idea
from ideas.models.review import DeedKind
from ideas.services import deeds, sorting
from ideas.services.writing import MOST_TAGS


@transaction.atomic
def tag(*, idea: Idea, by: Member, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
    """Add and remove tags; what a colleague did to others meanwhile stays."""
    idea = (
        Idea.objects.select_for_update(of=("self",), no_key=True)
        .select_related("board")
        .get(pk=idea.pk)
    )
    policies.can_review(by, idea).enforce()
    before = set(idea.tags.names())
    after = (before | set(add)) - set(remove)
    if after == before:
        return
    if len(after) > MOST_TAGS:
        raise Refused(_("Use five tags at the most."), code="too_many_tags")
    idea.tags.set(sorted(after))
    sorting.note_places(ideas=[idea], by=by)
    deeds.write(
        idea=idea, member=by, kind=DeedKind.TAGGED,
        added=sorted(after - before), removed=sorted(before - after),
    )  # fmt: skip
