"""What followers hear, in words."""

from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Wording

DECIDED = "ideas.decided"
ANSWERED = "ideas.answered"
COMMENTED = "ideas.commented"
MENTIONED = "ideas.mentioned"
REVISED = "ideas.revised"
RESOLVED = "ideas.resolved"
OFFERED = "ideas.offered"

_FOLLOWED = _("You follow this idea.")
_SUPPORTED = _("You posted, support or follow this idea.")

WORDINGS = {
    DECIDED: Wording(
        _("%(actor)s decided on “%(subject)s”"), _("“%(subject)s” moved on"), _SUPPORTED
    ),
    ANSWERED: Wording(
        _("%(actor)s answered for the team on “%(subject)s”"),
        _("The team answered on “%(subject)s”"),
        _FOLLOWED,
    ),
    COMMENTED: Wording(
        _("%(actor)s commented on “%(subject)s”"), _("New comment on “%(subject)s”"), _FOLLOWED
    ),
    MENTIONED: Wording(
        _("%(actor)s mentioned you on “%(subject)s”"),
        _("You were mentioned on “%(subject)s”"),
        _("Somebody wrote your handle."),
    ),
    REVISED: Wording(
        _("%(actor)s rewrote “%(subject)s”: keep your support or withdraw it"),
        _("“%(subject)s” was rewritten: keep your support or withdraw it"),
        _("You support this idea."),
    ),
    RESOLVED: Wording(
        _("%(actor)s marked your point on “%(subject)s” as resolved"),
        _("Your point on “%(subject)s” was marked as resolved"),
        _("You wrote the comment."),
    ),
    OFFERED: Wording(
        _("%(actor)s made a draft of an idea from your topic “%(subject)s”: post it, or not"),
        _("Your topic “%(subject)s” could be an idea: a draft waits for you"),
        _("You wrote the topic."),
    ),
}


def register() -> None:
    """Tell the notifications how each kind reads."""
    for kind, words in WORDINGS.items():
        wording.add(kind, words)
