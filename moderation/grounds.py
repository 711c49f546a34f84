"""The words of a statement of reasons, as the EU's transparency database (schema v2) has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What a decision does."""

    NO_ACTION = "no_action", _("Leave it as it is")
    EDIT_REQUEST = "edit_request", _("Ask its author to change it")
    WARN = "warn", _("Warn its author")
    HIDE = "hide", _("Hide it")
    REMOVE = "remove", _("Remove it")


# What takes something away from somebody: it needs a statement of reasons.
RESTRICTIVE = (Action.HIDE, Action.REMOVE)
# What somebody hears about themselves.
TOLD = (Action.EDIT_REQUEST, Action.WARN, *RESTRICTIVE)


class Visibility(models.TextChoices):
    REMOVED = "DECISION_VISIBILITY_CONTENT_REMOVED", _("removed")
    DISABLED = "DECISION_VISIBILITY_CONTENT_DISABLED", _("hidden")
    DEMOTED = "DECISION_VISIBILITY_CONTENT_DEMOTED", _("shown less")
    AGE_RESTRICTED = "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED", _("shown to adults")
    INTERACTION = "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED", _("closed")
    LABELLED = "DECISION_VISIBILITY_CONTENT_LABELLED", _("labelled")
    OTHER = "DECISION_VISIBILITY_OTHER", _("other")


class Monetary(models.TextChoices):
    SUSPENSION = "DECISION_MONETARY_SUSPENSION", _("payments suspended")
    TERMINATION = "DECISION_MONETARY_TERMINATION", _("payments ended")
    OTHER = "DECISION_MONETARY_OTHER", _("other")


class Provision(models.TextChoices):
    PARTIAL_SUSPENSION = "DECISION_PROVISION_PARTIAL_SUSPENSION", _("partly suspended")
    TOTAL_SUSPENSION = "DECISION_PROVISION_TOTAL_SUSPENSION", _("suspended")
    PARTIAL_TERMINATION = "DECISION_PROVISION_PARTIAL_TERMINATION", _("partly ended")
    TOTAL_TERMINATION = "DECISION_PROVISION_TOTAL_TERMINATION", _("ended")


class Account(models.TextChoices):
    SUSPENDED = "DECISION_ACCOUNT_SUSPENDED", _("account suspended")
    TERMINATED = "DECISION_ACCOUNT_TERMINATED", _("account ended")


class Ground(models.TextChoices):
    ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT", _("against the law")
    INCOMPATIBLE = "DECISION_GROUND_INCOMPATIBLE_CONTENT", _("against the house rules")


class Content(models.TextChoices):
    TEXT = "CONTENT_TYPE_TEXT", _("text")
    IMAGE = "CONTENT_TYPE_IMAGE", _("picture")
    VIDEO = "CONTENT_TYPE_VIDEO", _("video")
    AUDIO = "CONTENT_TYPE_AUDIO", _("sound")
    APP = "CONTENT_TYPE_APP", _("app")
    PRODUCT = "CONTENT_TYPE_PRODUCT", _("product")
    SYNTHETIC = "CONTENT_TYPE_SYNTHETIC_MEDIA", _("synthetic media")
    OTHER = "CONTENT_TYPE_OTHER", _("other")


class Source(models.TextChoices):
    """How it came to us."""

    NOTICE = "SOURCE_ARTICLE_16", _("a legal notice")
    TRUSTED = "SOURCE_TRUSTED_FLAGGER", _("a trusted flagger")
    MEMBERS = "SOURCE_TYPE_OTHER_NOTIFICATION", _("reports by members")
    OWN = "SOURCE_VOLUNTARY", _("found by moderation itself")


class Automation(models.TextChoices):
    FULLY = "AUTOMATED_DECISION_FULLY", _("by a program alone")
    PARTIALLY = "AUTOMATED_DECISION_PARTIALLY", _("by a person with a program's help")
    NOT = "AUTOMATED_DECISION_NOT_AUTOMATED", _("by a person")


# Where a decision holds: everywhere this site is read, which the database wants as countries.
EEA = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip

VISIBILITY_OF = {Action.HIDE: Visibility.DISABLED, Action.REMOVE: Visibility.REMOVED}
