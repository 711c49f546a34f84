"""What authors hear, in words. Who the moderator was stays inside."""

from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Group, Wording

# By whether it was hidden or is shown again, and what it is.
_SENTENCES = {
    (True, "idea"): _("Moderation has hidden your idea “%(subject)s”"),
    (True, "comment"): _("Moderation has hidden your comment on “%(subject)s”"),
    (True, "topic"): _("Moderation has hidden your topic “%(subject)s”"),
    (True, "reply"): _("Moderation has hidden your reply to “%(subject)s”"),
    (False, "idea"): _("Your idea “%(subject)s” is shown again"),
    (False, "comment"): _("Your comment on “%(subject)s” is shown again"),
    (False, "topic"): _("Your topic “%(subject)s” is shown again"),
    (False, "reply"): _("Your reply to “%(subject)s” is shown again"),
}

ASKED, WARNED = "moderation.edit_asked", "moderation.warned"
RIGHT, LEFT = "moderation.report_right", "moderation.report_left"
COMPLAINT_RIGHT, COMPLAINT_REJECTED = "moderation.complaint_right", "moderation.complaint_rejected"
_WROTE, _REPORTED = _("You wrote it."), _("You reported it.")
_COMPLAINED = _("You complained about a decision.")
# What moderation does besides, and on what ground one hears of it.
_OTHERS = {
    ASKED: (_("Moderation asks you to change what you wrote: “%(subject)s”"), _WROTE),
    WARNED: (_("Moderation warns you because of “%(subject)s”"), _WROTE),
    RIGHT: (_("You reported “%(subject)s”, and you were right"), _REPORTED),
    LEFT: (_("You reported “%(subject)s”: moderation leaves it as it is"), _REPORTED),
    COMPLAINT_RIGHT: (_("Your complaint about “%(subject)s” is right"), _COMPLAINED),
    COMPLAINT_REJECTED: (_("The decision about “%(subject)s” stands"), _COMPLAINED),
}


_SANCTIONS = {
    (True, "warning"): _("Moderation has warned you"),
    (True, "limit"): _("Moderation has suspended you from writing for some hours"),
    (True, "suspension"): _("Moderation has suspended you from writing"),
    (True, "ban"): _("Moderation has banned you from writing"),
    (False, "warning"): _("Moderation takes its warning back"),
    (False, "limit"): _("Moderation takes your suspension back"),
    (False, "suspension"): _("Moderation takes your suspension back"),
    (False, "ban"): _("Moderation takes your ban back"),
}


def kind_of_sanction(*, imposed: bool, sanction: str) -> str:
    """The kind of notification: `moderation.warning_imposed`, `moderation.ban_lifted` and so on."""
    return f"moderation.{sanction}_{'imposed' if imposed else 'lifted'}"


def kind_of(*, hidden: bool, thing: str) -> str:
    """The kind of notification: `moderation.idea_hidden`, `moderation.reply_shown` and so on."""
    return f"moderation.{thing}_{'hidden' if hidden else 'shown'}"


# Whoever is restricted has a right to hear it: nobody chooses about these.
MODERATION = Group("moderation", _("Moderation"), "", binding=True)


def register() -> None:
    """Tell the notifications how each kind reads."""
    wording.add_group(MODERATION)
    for (hidden, thing), sentence in _SENTENCES.items():
        words = Wording(sentence, sentence, _WROTE, MODERATION.code)
        wording.add(kind_of(hidden=hidden, thing=thing), words)
    for kind, (sentence, why) in _OTHERS.items():
        wording.add(kind, Wording(sentence, sentence, why, MODERATION.code))
    for (imposed, sanction), sentence in _SANCTIONS.items():
        words = Wording(sentence, sentence, _("It is about you."), MODERATION.code)
        wording.add(kind_of_sanction(imposed=imposed, sanction=sanction), words)
