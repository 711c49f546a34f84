from community.models.choice import NotificationChoice
from community.models.mail import Bounce, Digest, Mail, Muted, SentMail
from community.models.member import Member, MemberQuerySet
from community.models.notification import Notification, NotificationQuerySet
from community.models.reply import Reply, ReplyMark, ReplyQuerySet, ReplyRevision, SolvedToo
from community.models.site import SiteSettings
from community.models.space import Space, SpaceQuerySet
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
    "Bounce",
    "Digest",
    "Mail",
    "Member",
    "MemberQuerySet",
    "Muted",
    "Notification",
    "NotificationChoice",
    "NotificationQuerySet",
    "Reply",
    "ReplyMark",
    "ReplyQuerySet",
    "ReplyRevision",
    "SentMail",
    "SiteSettings",
    "SolvedToo",
    "Space",
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
