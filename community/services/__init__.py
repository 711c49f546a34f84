"""Every write to community: keyword-only and atomic."""

from community.services.accounts import (
    confirm_address,
    join,
    save_profile,
    set_standing,
    set_trust_level,
)
from community.services.choosing import choices_of, choose, set_hours
from community.services.consenting import agree, publish_policy
from community.services.departing import close_account, take_back
from community.services.exporting import ask_for_export
from community.services.mailing import resend, send_waiting
from community.services.notifying import (
    mark,
    mark_all_read,
    mark_read,
    mute,
    notify,
    unmute,
    want_mails,
)
from community.services.site import save_site
from community.services.tokens import create_token, revoke_token, token_of

__all__ = [
    "agree",
    "ask_for_export",
    "choices_of",
    "choose",
    "close_account",
    "confirm_address",
    "create_token",
    "join",
    "mark",
    "mark_all_read",
    "mark_read",
    "mute",
    "notify",
    "publish_policy",
    "resend",
    "revoke_token",
    "save_profile",
    "save_site",
    "send_waiting",
    "set_hours",
    "set_standing",
    "set_trust_level",
    "take_back",
    "token_of",
    "unmute",
    "want_mails",
]
