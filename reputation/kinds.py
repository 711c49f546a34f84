"""What members get points for, and what it was about. The words that ledger and rules share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """One line of the rule table each."""

    SUPPORTED = "supported", _("An idea of yours is supported")
    HELPFUL = "helpful", _("Something you said is found helpful")
    ANSWERED = "answered", _("Your answer is accepted")
    ACCEPTED = "accepted", _("You accept an answer")
    BUILT_ON = "built_on", _("What you added to an idea is taken up")
    PLANNED = "planned", _("An idea of yours is planned")
    SHIPPED = "shipped", _("An idea of yours is shipped")
    CREDITED = "credited", _("An idea that you had a part in is shipped")
    SPAM = "spam", _("Something of yours is removed as spam")


# What a single day can bring of these together is capped.
CAPPED = frozenset({Kind.SUPPORTED, Kind.HELPFUL})


class Thing(models.TextChoices):
    """What a point is about, together with its number."""

    IDEA = "idea", _("idea")
    COMMENT = "comment", _("comment")
    TOPIC = "topic", _("topic")
    REPLY = "reply", _("reply")


class Cause(models.TextChoices):
    """Why an entry was written."""

    EARNED = "earned", _("earned")
    TAKEN_BACK = "taken_back", _("taken back")
    HIDDEN = "hidden", _("hidden by moderation")
    SHOWN = "shown", _("shown again")
    VOIDED = "voided", _("votes made void")
    REINSTATED = "reinstated", _("votes reinstated")
    REVERSED = "reversed", _("reversed by hand")
    RESTORED = "restored", _("given back by hand")
    CORRECTED = "corrected", _("corrected")
    UNSHIPPED = "unshipped", _("not shipped any more")
