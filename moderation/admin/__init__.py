"""Moderators at work in the admin. Django looks here."""

from moderation import desk as desk
from moderation.admin import restrictions as restrictions
from moderation.admin import rules as rules
from moderation.admin import sanctions as sanctions
