"""What followers hear, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Wording

DECIDED = "ideas.decided"
ANSWERED = "ideas.answered"
COMMENTED = "ideas.commented"
MENTIONED = "ideas.mentioned"
REVISED = "ideas.revised"
RESOLVED = "ideas.resolved"
MERGED = "ideas.merged"
MERGED_YOURS = "ideas.merged_yours"
UNMERGED = "ideas.unmerged"
OBJECTED = "ideas.objected"
OBJECTION_ANSWERED = "ideas.objection_answered"
CREDITED = "ideas.credited"
THANKED = "ideas.thanked"

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
    MERGED: Wording(
        _("%(actor)s merged “%(subject)s” into another idea: your support counts there"),
        _("“%(subject)s” was merged into another idea: your support counts there"),
        _SUPPORTED,
    ),
    MERGED_YOURS: Wording(
        _("%(actor)s merged your idea “%(subject)s” into another one: agree or object"),
        _("Your idea “%(subject)s” was merged into another one: agree or object"),
        _("You posted this idea."),
    ),
    UNMERGED: Wording(
        _("%(actor)s undid a merge: “%(subject)s” stands for itself again"),
        _("“%(subject)s” stands for itself again"),
        _SUPPORTED,
    ),
    OBJECTED: Wording(
        _("%(actor)s objects to the merge of “%(subject)s”"),
        _("The author of “%(subject)s” objects to the merge"),
        _("Your team owns the board."),
    ),
    OBJECTION_ANSWERED: Wording(
        _("%(actor)s replied to your objection about “%(subject)s”"),
        _("The team replied to your objection about “%(subject)s”"),
        _("You posted this idea."),
    ),
    CREDITED: Wording(
        _("%(actor)s used what you said on “%(subject)s”"),
        _("What you said on “%(subject)s” was used"),
        _("You wrote the comment."),
    ),
    THANKED: Wording(
        _("“%(subject)s” shipped, and you have a part in it"),
        _("“%(subject)s” shipped, and you have a part in it"),
        _("You have a part in this idea."),
    ),
}

# What a contributor is thanked for, by the part they played.
THANKS = {
    "author": _("You had the idea."),
    "co_author": _("You wrote it together with the author."),
    "merged_author": _("You had the same idea."),
    "builds_on": _("You built on it."),
    "concern": _("You raised the concern that changed the decision."),
    "answer": _("You gave the answer that was used."),
}


def thanks(name: str, parts: Iterable[str]) -> str:
    """What a contributor reads when the idea has shipped, in the active language."""
    greeting = gettext("Thank you, %(name)s.") % {"name": name}
    return " ".join([greeting, *(str(THANKS[part]) for part in dict.fromkeys(parts))])


def register() -> None:
    """Tell the notifications how each kind reads."""
    for kind, words in WORDINGS.items():
        wording.add(kind, words)
