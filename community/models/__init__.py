from community.models.choice import NotificationChoice
from community.models.mail import Bounce, Digest, Mail, Muted, SentMail
from community.models.member import Member, MemberQuerySet
from community.models.notification import Notification, NotificationQuerySet
from community.models.policy import Consent, PolicyVersion
from community.models.privacy import Departure, Export
from community.models.sign_in import SignIn
from community.models.site import SiteSettings
from community.models.team import Team, TeamMembership
from community.models.token import AccessToken

__all__ = [
    "AccessToken",
    "Bounce",
    "Consent",
    "Departure",
    "Digest",
    "Export",
    "Mail",
    "Member",
    "MemberQuerySet",
    "Muted",
    "Notification",
    "NotificationChoice",
    "NotificationQuerySet",
    "PolicyVersion",
    "SentMail",
    "SignIn",
    "SiteSettings",
    "Team",
    "TeamMembership",
]
