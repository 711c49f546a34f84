"""What a text may hold, by the trust level of who writes it."""

from django.utils.translation import ngettext

from community import markdown
from community.models import Member
from community.policies.teams import team_ids
from community.verdicts import YES, Verdict, limited, no


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
