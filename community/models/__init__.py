from community.models.choice import NotificationChoice
from community.models.following import MemberFollow
from community.models.friendship import (
    Block,
    Dismissal,
    Friend,
    Friendship,
    FriendshipQuerySet,
    Mute,
)
from community.models.look import PrivateLook
from community.models.mail import Bounce, Digest, Mail, Muted, SentMail
from community.models.member import Member, MemberQuerySet
from community.models.notification import Notification, NotificationQuerySet
from community.models.policy import Consent, PolicyQuerySet, PolicyVersion
from community.models.privacy import Departure, Export
from community.models.profile import FormerHandle, MemberTag, Profile, ProfileLink
from community.models.reply import Reply, ReplyMark, ReplyQuerySet, ReplyRevision, SolvedToo
from community.models.sign_in import SignIn
from community.models.site import SiteSettings
from community.models.space import Space, SpaceFollow, SpaceQuerySet
from community.models.team import Team, TeamMembership
from community.models.token import AccessToken
from community.models.topic import (
    Topic,
    TopicFollow,
    TopicQuerySet,
    TopicRevision,
    TopicTag,
    TopicTally,
)

__all__ = [
    "AccessToken",
    "Block",
    "Bounce",
    "Consent",
    "Departure",
    "Digest",
    "Dismissal",
    "Export",
    "FormerHandle",
    "Friend",
    "Friendship",
    "FriendshipQuerySet",
    "Mail",
    "Member",
    "MemberFollow",
    "MemberQuerySet",
    "MemberTag",
    "Mute",
    "Muted",
    "Notification",
    "NotificationChoice",
    "NotificationQuerySet",
    "PolicyQuerySet",
    "PolicyVersion",
    "PrivateLook",
    "Profile",
    "ProfileLink",
    "Reply",
    "ReplyMark",
    "ReplyQuerySet",
    "ReplyRevision",
    "SentMail",
    "SignIn",
    "SiteSettings",
    "SolvedToo",
    "Space",
    "SpaceFollow",
    "SpaceQuerySet",
    "Team",
    "TeamMembership",
    "Topic",
    "TopicFollow",
    "TopicQuerySet",
    "TopicRevision",
    "TopicTag",
    "TopicTally",
]
