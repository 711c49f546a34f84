"""Whether somebody writes at all, and what a text may hold, by the trust level of its author."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community import markdown
from community.models import Member
from community.models.member import FOR_GOOD
from community.policies.teams import team_ids
from community.verdicts import YES, Verdict, limited, no


def can_write(member: Member) -> Verdict:
    """Whether somebody is not suspended. Asked in front of every page and by the API."""
    if member.silenced_until is None or not member.is_silenced:
        return YES
    if member.silenced_until == FOR_GOOD:
        return no("suspended", _("You are banned from writing."))
    end = date_format(timezone.localtime(member.silenced_until), "DATETIME_FORMAT")
    return no("suspended", _("Until %(end)s you are suspended from writing.") % {"end": end})


def can_link(member: Member, text: str, *, before: str = "") -> Verdict:
    """Whether a text has no more links than its author's level allows, or than it had `before`.

    Who speaks for a team is not counted: newcomers to a team are no newcomers to its subject.
    """
    most, links = member.privileges.links, markdown.links(text)
    if links <= most or links <= markdown.links(before):
        return YES
    if member.is_staff or team_ids(member):
        return YES
    words = ngettext(
        "A text of yours may have %(number)d link to another site.",
        "A text of yours may have %(number)d links to other sites.",
        most,
    )
    return no("too_many_links", limited(words % {"number": most}, "links", most))
