"""Views of the queue that somebody keeps, for themselves or for a team."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.errors import Refused
from community.models import Member, Team
from ideas import policies
from ideas.models import SavedView

MOST_VIEWS = 30


@transaction.atomic
def save_view(*, owner: Member, name: str, query: str, team: Team | None = None) -> SavedView:
    """Keep the query of an address under a name, shared with a team or with nobody."""
    policies.can_open_queue(owner).enforce()
    policies.can_keep_view(owner, team.pk if team else None).enforce()
    if SavedView.objects.filter(owner=owner).count() >= MOST_VIEWS:
        raise Refused(_("You have 30 saved views. Delete one first."), code="too_many_views")
    view = SavedView(owner=owner, name=name, query=query, team=team)
    _save(view)
    return view


@transaction.atomic
def change_view(*, view: SavedView, by: Member, name: str, team: Team | None) -> None:
    """Rename a view, and share it with a team or with nobody any more."""
    view = SavedView.objects.select_for_update(no_key=True).get(pk=view.pk)
    policies.can_change_view(by, view).enforce()
    policies.can_keep_view(by, team.pk if team else None).enforce()
    view.name, view.team = name, team
    _save(view)


@transaction.atomic
def delete_view(*, view: SavedView, by: Member) -> None:
    policies.can_change_view(by, view).enforce()
    view.delete()


def _save(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Refused(_("You have a view of that name already."), code="name_taken") from None
