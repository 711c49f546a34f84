"""What members hear of the forum, in words."""

from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Group, Wording

REPLIED = "community.replied"
TEAM_REPLIED = "community.team_replied"
QUOTED = "community.quoted"
MENTIONED = "community.mentioned"
ACCEPTED = "community.answer_accepted"
SOLVED = "community.question_solved"
SOLVED_TOO = "community.solved_too"
OPENED = "community.topic_opened"
ANNOUNCED = "community.announced"

_FOLLOWED = _("You follow this topic.")
_IN_SPACE = _("You follow the space.")

FORUM, MENTIONS = "forum", "mentions"
GROUPS = (
    Group(MENTIONS, _("Mentions"), _("When somebody writes your handle.")),
    Group(
        FORUM, _("Forum"), _("On topics and in spaces that you follow, and when your answers help.")
    ),
)

WORDINGS = {
    REPLIED: Wording(
        _("%(actor)s replied to “%(subject)s”"),
        _("New reply to “%(subject)s”"),
        _FOLLOWED,
        FORUM,
        _("%(actors)s replied to “%(subject)s”"),
    ),
    TEAM_REPLIED: Wording(
        _("%(actor)s replied for the team to “%(subject)s”"),
        _("The team replied to “%(subject)s”"),
        _FOLLOWED,
        FORUM,
        _("%(actors)s replied for the team to “%(subject)s”"),
        official=True,
    ),
    QUOTED: Wording(
        _("%(actor)s quoted you in “%(subject)s”"),
        _("You were quoted in “%(subject)s”"),
        _("Somebody quoted your reply."),
        FORUM,
        _("%(actors)s quoted you in “%(subject)s”"),
    ),
    MENTIONED: Wording(
        _("%(actor)s mentioned you in “%(subject)s”"),
        _("You were mentioned in “%(subject)s”"),
        _("Somebody wrote your handle."),
        MENTIONS,
        _("%(actors)s mentioned you in “%(subject)s”"),
    ),
    OPENED: Wording(
        _("%(actor)s opened “%(subject)s” in a space that you follow"),
        _("New in a space that you follow: “%(subject)s”"),
        _IN_SPACE,
        FORUM,
    ),
    ANNOUNCED: Wording(
        _("%(actor)s announced “%(subject)s” for the team"),
        _("The team announced “%(subject)s”"),
        _IN_SPACE,
        FORUM,
        official=True,
    ),
    ACCEPTED: Wording(
        _("%(actor)s accepted your answer to “%(subject)s”"),
        _("Your answer to “%(subject)s” was accepted"),
        _("You wrote the answer."),
        FORUM,
    ),
    SOLVED: Wording(
        _("%(actor)s accepted an answer to “%(subject)s”"),
        _("“%(subject)s” has an answer"),
        _FOLLOWED,
        FORUM,
    ),
    SOLVED_TOO: Wording(
        _("Your answer to “%(subject)s” solved it for %(actor)s, too"),
        _("Your answer to “%(subject)s” solved it for somebody else, too"),
        _("You wrote the answer."),
        FORUM,
        _("Your answer to “%(subject)s” solved it for %(actors)s, too"),
    ),
}


def subject_of(topic_id: int) -> str:
    """What notifications call a topic, so that mails about it can be stopped."""
    return f"topic:{topic_id}"


def register() -> None:
    """Tell the notifications how each kind reads."""
    for group in GROUPS:
        wording.add_group(group)
    for kind, words in WORDINGS.items():
        wording.add(kind, words)
