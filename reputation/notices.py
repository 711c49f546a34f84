"""What members hear of their standing, in words."""

from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Group, Wording

GAINED = "reputation.level_gained"
AT_STAKE = "reputation.level_at_stake"
LOST = "reputation.level_lost"
TAKEN = "reputation.level_taken"

EARNED = "reputation.badge_earned"

TRUST = "trust"
BADGES = "badges"
GROUP = Group(TRUST, _("Trust levels"), _("When you gain one, and before you lose one."))
# A badge is nice to find, and nothing to be called away for.
BADGE_GROUP = Group(BADGES, _("Badges"), _("When you earn one."), "page")
_YOURS = _("It is your trust level.")
# The subject is the level's name.
SENTENCES = {
    GAINED: _("You have reached a trust level: %(subject)s"),
    AT_STAKE: _("You are about to lose a trust level: %(subject)s"),
    LOST: _("Your trust level is now: %(subject)s"),
    TAKEN: _("A manager has changed your trust level to: %(subject)s"),
}
# What follows from it, below the sentence.
NOW = _("See what you can do from now on, and what the next one asks for.")
CATCH_UP = _("You have fallen below what it asks for. You keep it if you catch up by %(day)s.")
AGAIN = _("It comes back by itself once you reach again what it asks for.")


def register() -> None:
    """Tell the notifications how each kind reads."""
    wording.add_group(GROUP)
    wording.add_group(BADGE_GROUP)
    for kind, sentence in SENTENCES.items():
        wording.add(kind, Wording(sentence, sentence, _YOURS, TRUST))
    earned = _("You have earned a badge: %(subject)s")
    wording.add(EARNED, Wording(earned, earned, _("It is your badge."), BADGES))
