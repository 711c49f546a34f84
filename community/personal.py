"""What community and the libraries below it keep about members; see community.privacy."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from activity.models import About, EventRecord
from community.models import (
    AccessToken,
    Block,
    Bounce,
    Consent,
    Departure,
    Digest,
    Dismissal,
    Export,
    FormerHandle,
    Friend,
    Friendship,
    Member,
    MemberFollow,
    Mute,
    Muted,
    Notification,
    NotificationChoice,
    PrivateLook,
    Profile,
    ProfileLink,
    Reply,
    ReplyMark,
    ReplyRevision,
    SentMail,
    SignIn,
    SolvedToo,
    SpaceFollow,
    TeamMembership,
    Topic,
    TopicFollow,
    TopicRevision,
)
from community.privacy import Fate, Leaving, answer
from community.services import departing, leaving

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

BATCH = 1000
PROFILE = (
    "id", "email", "handle", "display_name", "language", "time_zone", "mails", "digest_hour",
    "quiet_from", "quiet_until", "email_verified_at", "trust_level", "standing", "date_joined",
    "last_login", "silenced_until",
)  # fmt: skip


def _picture(member: Member) -> "Iterator[tuple[str, FieldFile]]":
    if member.avatar:
        suffix = (member.avatar.name or "").rpartition(".")[2]
        yield f"pictures/profile.{suffix}", member.avatar


def _about(member: Member) -> Iterator[dict[str, Any]]:
    """What they say of themselves, to whom, and what they know about."""
    row = Profile.objects.get(member=member)
    said = {field.name: getattr(row, field.attname) for field in Profile._meta.local_fields}
    yield said | {"tags": sorted(tag.name for tag in row.tags.all())}


@transaction.atomic
def _blank_profile(leaving: Leaving) -> bool:
    """Every member has one: it is emptied."""
    profile = Profile.objects.select_for_update().get(member=leaving.member_id)
    profile.tags.clear()
    profile.bio = profile.bio_html = profile.location = ""
    profile.save(update_fields=["bio", "bio_html", "location"])
    return True


def _end_sessions(leaving: Leaving) -> bool:
    departing.end_sessions(member_id=leaving.member_id)
    return True


@transaction.atomic
def _blank_excerpts(leaving: Leaving) -> bool:
    """What they wrote stands in what others were told, too."""
    if not leaving.removes:
        return True
    told = Notification.objects.filter(actor=leaving.member_id).exclude(excerpt="")
    ids = list(told.order_by("pk").values_list("pk", flat=True)[:BATCH])
    Notification.objects.filter(pk__in=ids).update(excerpt="")
    return len(ids) < BATCH


def _empty_mailbox(leaving: Leaving) -> bool:
    """The demo's."""
    SentMail.objects.filter(to__iexact=leaving.email).delete()
    return True


def _unname(leaving: Leaving) -> bool:
    """The log of the admin calls things by their names: this one's is gone."""
    kind: Any = ContentType.objects.get_for_model(Member)
    about = LogEntry.objects.filter(content_type=kind, object_id=str(leaving.member_id))
    about.update(object_repr=f"{leaving.member_id}")
    return True


answer(Member, "id", fate=Fate.NUMBER, export="profile", what=_("Your profile and settings"),
       columns=PROFILE, files=_picture)  # fmt: skip
answer(Profile, "member", fate=Fate.REMOVED, export="about", what=_("What you say of yourself"),
       rows=_about, erase=_blank_profile)  # fmt: skip
answer(ProfileLink, "member", fate=Fate.REMOVED, export="links", what=_("Your links"),
       columns=["url", "verified_at"])  # fmt: skip
answer(FormerHandle, "member", fate=Fate.NUMBER, export="former_handles",
       what=_("Handles you had"), columns=["handle", "left_at"])  # fmt: skip
answer(EmailAddress, "user", fate=Fate.REMOVED, export="email_addresses",
       what=_("Your e-mail addresses"), columns=["email", "verified", "primary"])  # fmt: skip
answer(SocialAccount, "user", fate=Fate.REMOVED, export="connected_accounts",
       what=_("Accounts elsewhere with which you sign in"),
       columns=["provider", "uid", "extra_data", "date_joined", "last_login"])  # fmt: skip
answer(TeamMembership, "member", fate=Fate.REMOVED, export="teams",
       what=_("Teams you are in"), columns=["team__name", "is_lead"])  # fmt: skip
answer(Member.groups.through, "member", fate=Fate.REMOVED, export="roles",
       what=_("Your roles in the admin"), columns=["group__name"])  # fmt: skip
answer(Member.user_permissions.through, "member", fate=Fate.REMOVED)

answer(SignIn, "member", fate=Fate.REMOVED, export="sign_ins",
       what=_("Where and how you signed in"),
       columns=["happened_at", "way", "block", "client"])  # fmt: skip
answer(UserSession, "user", fate=Fate.REMOVED, export="sessions",
       what=_("Browsers in which you are signed in"),
       columns=["created_at", "last_seen_at", "ip", "user_agent"],
       erase=_end_sessions)  # fmt: skip
answer(Authenticator, "user", fate=Fate.REMOVED, export="second_factors",
       what=_("Your passkeys and second factors, without their secrets"),
       columns=["type", "created_at", "last_used_at"])  # fmt: skip
answer(AccessToken, "member", fate=Fate.REMOVED, export="access_tokens",
       what=_("Your access tokens, without their secrets"),
       columns=["name", "scopes", "created_at", "expires_at", "last_used_on", "revoked_at"],
       )  # fmt: skip

answer(Notification, "member", fate=Fate.REMOVED, export="notifications",
       what=_("What you were told"),
       columns=["kind", "subject", "excerpt", "url", "created_at", "read_at"])  # fmt: skip
answer(Notification, "actor", fate=Fate.FORMER, erase=_blank_excerpts)
answer(NotificationChoice, "member", fate=Fate.REMOVED, export="notification_choices",
       what=_("How you want to be told"), columns=["group", "delivery"])  # fmt: skip
answer(Muted, "member", fate=Fate.REMOVED, export="muted",
       what=_("What you want no e-mail about"), columns=["topic", "muted_at"])  # fmt: skip
answer(Digest, "member", fate=Fate.REMOVED, export="digests",
       what=_("Summaries we sent you"), columns=["period", "day", "created_at"])  # fmt: skip
answer(Bounce, "member", fate=Fate.REMOVED, export="refused_mails",
       what=_("E-mails that your address refused"),
       columns=["email", "is_hard", "status", "received_at"])  # fmt: skip
answer(SentMail, "to", fate=Fate.REMOVED, erase=_empty_mailbox)

# A trigger keeps the sides of a friendship; whom one blocked or muted never hears of it.
answer(Friendship, "lo", fate=Fate.REMOVED)
answer(Friendship, "hi", fate=Fate.REMOVED)
answer(Friendship, "requested_by", fate=Fate.REMOVED, export="friend_requests_sent",
       what=_("Whom you asked to be friends"),
       columns=["requested_of__handle", "requested_at"])  # fmt: skip
answer(Friendship, "requested_of", fate=Fate.REMOVED, export="friend_requests_received",
       what=_("Who asked to be friends with you"),
       columns=["requested_by__handle", "requested_at", "state"])  # fmt: skip
answer(Friend, "member", fate=Fate.REMOVED, export="friends", what=_("Your friends"),
       columns=["friend__handle", "since"])  # fmt: skip
answer(Friend, "friend", fate=Fate.REMOVED)
answer(Block, "blocker", fate=Fate.REMOVED, export="blocks", what=_("Whom you blocked"),
       columns=["blocked__handle", "created_at"])  # fmt: skip
answer(Block, "blocked", fate=Fate.REMOVED)
answer(Mute, "member", fate=Fate.REMOVED, export="mutes", what=_("Whom you muted"),
       columns=["muted__handle", "created_at"])  # fmt: skip
answer(Mute, "muted", fate=Fate.REMOVED)
answer(Dismissal, "member", fate=Fate.REMOVED, export="dismissed_suggestions",
       what=_("Suggestions you do not want to see"),
       columns=["dismissed__handle", "created_at"])  # fmt: skip
answer(Dismissal, "dismissed", fate=Fate.REMOVED)

answer(MemberFollow, "member", fate=Fate.REMOVED, export="followed_members",
       what=_("Members you follow"), columns=["followed__handle", "created_at"])  # fmt: skip
answer(MemberFollow, "followed", fate=Fate.REMOVED)

answer(Topic, "author", fate=Fate.CHOSEN, export="topics", what=_("Your topics in the forum"),
       columns=["id", "space__name", "kind", "title", "body", "created_at", "edited_at"],
       erase=leaving.remove_topics)  # fmt: skip
answer(TopicRevision, "topic__author", fate=Fate.CHOSEN, export="topic_revisions",
       what=_("What your topics said before"),
       columns=["topic_id", "number", "title", "body", "created_at"])  # fmt: skip
answer(Topic, "closed_by", fate=Fate.FORMER)
answer(Reply, "author", fate=Fate.CHOSEN, export="replies", what=_("Your replies in the forum"),
       columns=["id", "topic_id", "body", "created_at", "edited_at", "accepted_at"],
       erase=leaving.remove_replies)  # fmt: skip
answer(ReplyRevision, "reply__author", fate=Fate.CHOSEN, export="reply_revisions",
       what=_("What your replies said before"),
       columns=["reply_id", "number", "body", "created_at"])  # fmt: skip
answer(Reply, "accepted_by", fate=Fate.FORMER)
answer(ReplyMark, "member", fate=Fate.NUMBER, export="reply_marks",
       what=_("Replies you found helpful or not"),
       columns=["reply_id", "helpful", "marked_at"])  # fmt: skip
answer(SolvedToo, "member", fate=Fate.NUMBER, export="solved_too",
       what=_("Answers that solved it for you, too"), columns=["reply_id", "said_at"])  # fmt: skip
answer(TopicFollow, "member", fate=Fate.REMOVED, export="followed_topics",
       what=_("Topics you follow"), columns=["topic_id", "created_at"])  # fmt: skip
answer(SpaceFollow, "member", fate=Fate.REMOVED, export="followed_spaces",
       what=_("Spaces you follow"), columns=["space__name", "created_at"])  # fmt: skip

# What proves something stays, with numbers for names.
answer(EventRecord, "actor_id", fate=Fate.NUMBER, export="events", what=_("What you did here"),
       columns=["kind", "payload", "occurred_at"])  # fmt: skip
answer(About, "actor_id", fate=Fate.NUMBER)
answer(Consent, "member", fate=Fate.NUMBER, export="consents",
       what=_("Terms and policies you agreed to"),
       columns=["version__kind", "version__number", "way", "given_at"])  # fmt: skip
answer(PrivateLook, "member", fate=Fate.NUMBER, export="private_looks",
       what=_("When somebody of the staff saw your address"),
       columns=["what", "looked_at"])  # fmt: skip
answer(PrivateLook, "viewer", fate=Fate.NUMBER, export="looks_taken",
       what=_("Whose addresses you saw in the admin"),
       columns=["member_id", "what", "looked_at"])  # fmt: skip
answer(LogEntry, "user", fate=Fate.NUMBER, export="admin_log",
       what=_("What you did in the admin"),
       columns=["action_time", "object_repr", "change_message"], erase=_unname)  # fmt: skip
answer(Export, "member", fate=Fate.REMOVED, export="exports", what=_("Copies you asked for"),
       columns=["asked_at", "state", "finished_at"])  # fmt: skip
answer(Departure, "member", fate=Fate.NUMBER)
