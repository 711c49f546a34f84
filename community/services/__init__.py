"""Every write to community: keyword-only and atomic."""

from community.services.accounts import (
    add_to_standing,
    confirm_address,
    join,
    save_profile,
    set_graph_trust,
    set_trust_levels,
)
from community.services.choosing import choices_of, choose, set_hours, want_mails
from community.services.consenting import agree, publish_policy
from community.services.departing import close_account, take_back
from community.services.distance import block, mute_member, unblock, unmute_member
from community.services.exporting import ask_for_export
from community.services.following import follow_member, unfollow_member
from community.services.friending import accept, ask, decline, dismiss, unfriend, withdraw
from community.services.mailing import resend, send_waiting
from community.services.notifying import (
    mark,
    mark_all_read,
    mark_read,
    mute,
    notify,
    unmute,
)
from community.services.profiles import check_links_again, choose_visibility, save_about
from community.services.site import save_site
from community.services.tokens import create_token, revoke_token, token_of
from community.services.verifying import check_due

__all__ = [
    "accept",
    "add_to_standing",
    "agree",
    "ask",
    "ask_for_export",
    "block",
    "check_due",
    "check_links_again",
    "choices_of",
    "choose",
    "choose_visibility",
    "close_account",
    "confirm_address",
    "create_token",
    "decline",
    "dismiss",
    "follow_member",
    "join",
    "mark",
    "mark_all_read",
    "mark_read",
    "mute",
    "mute_member",
    "notify",
    "publish_policy",
    "resend",
    "revoke_token",
    "save_about",
    "save_profile",
    "save_site",
    "send_waiting",
    "set_graph_trust",
    "set_hours",
    "set_trust_levels",
    "take_back",
    "token_of",
    "unblock",
    "unfollow_member",
    "unfriend",
    "unmute",
    "unmute_member",
    "want_mails",
    "withdraw",
]
