"""The demo's terms and privacy policy, who agreed to them, and how one member signed in."""

from collections.abc import Collection
from datetime import datetime, timedelta

from community.models import Consent, Member, PolicyVersion, SignIn, SiteSettings
from community.models.policy import ConsentWay
from community.models.sign_in import SignInWay
from config.demo import content
from config.demo.content import at

PUBLISHED_DAYS_AGO = 400
# Who, how many days ago, how, from where, and with what.
SIGN_INS = (
    ("mara", 41, SignInWay.PASSWORD, "198.51.100.0/24", "Safari, iPhone"),
    ("mara", 23, SignInWay.PASSKEY, "203.0.113.0/24", "Firefox, Linux"),
    ("mara", 9, SignInWay.PASSKEY, "203.0.113.0/24", "Firefox, Linux"),
    ("mara", 2, SignInWay.PASSWORD, "2001:db8:77::/48", "Safari, iPhone"),
)


def publish(members: dict[str, Member], now: datetime) -> None:
    """Both, long ago; everybody agreed as they joined."""
    published = at(now, PUBLISHED_DAYS_AGO)
    versions = [
        PolicyVersion(number=1, published_at=moment, effective_at=moment, **row)
        for moment, row in (
            (published + timedelta(seconds=number), row)
            for number, row in enumerate(content.rows("policies"))
        )
    ]
    PolicyVersion.objects.bulk_create(versions)
    newest = versions[-1].published_at
    SiteSettings.objects.filter(pk=1).update(policies_since=newest)
    Member.objects.update(agreed_up_to=newest)
    _agree(members.values(), versions, published)
    SignIn.objects.bulk_create(
        SignIn(member=members[who], way=way, block=block, client=client, happened_at=at(now, days))
        for who, days, way, block, client in SIGN_INS
    )


def _agree(
    members: Collection[Member], versions: Collection[PolicyVersion], published: datetime
) -> None:
    Consent.objects.bulk_create(
        Consent(
            member=member,
            version=version,
            way=ConsentWay.SIGN_UP if member.date_joined > published else ConsentWay.ASKED,
            given_at=max(member.date_joined, published),
        )
        for member in members
        for version in versions
    )
