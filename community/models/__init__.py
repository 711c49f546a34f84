from community.models.mail import Mail, Muted, SentMail
from community.models.member import Member, MemberQuerySet
from community.models.notification import Notification, NotificationQuerySet
from community.models.reply import Reply, ReplyMark, ReplyRevision, SolvedToo
from community.models.site import SiteSettings
from community.models.space import Space
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
    "Mail",
    "Member",
    "MemberQuerySet",
    "Muted",
    "Notification",
    "NotificationQuerySet",
    "Reply",
    "ReplyMark",
    "ReplyRevision",
    "SentMail",
    "SiteSettings",
    "SolvedToo",
    "Space",
    "Team",
    "TeamMembership",
    "Topic",
    "TopicFollow",
    "TopicQuerySet",
    "TopicRevision",
    "TopicTag",
    "TopicTally",
]
