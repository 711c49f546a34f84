"""The demo's policies, who agreed to them, and how one member signed in."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from community.models import Consent, Member, PolicyVersion, SignIn, SiteSettings
from community.models.policy import ConsentWay
from community.models.sign_in import SignInWay
from config.demo import content, rules
from config.demo.content import Row, at

PUBLISHED_DAYS_AGO = 400
# Who, how many days ago, how, from where, and with what.
SIGN_INS = (
    ("mara", 41, SignInWay.PASSWORD, "198.51.100.0/24", "Safari, iPhone"),
    ("mara", 23, SignInWay.PASSKEY, "203.0.113.0/24", "Firefox, Linux"),
    ("mara", 9, SignInWay.PASSKEY, "203.0.113.0/24", "Firefox, Linux"),
    ("mara", 2, SignInWay.PASSWORD, "2001:db8:77::/48", "Safari, iPhone"),
)


def publish(members: dict[str, Member], now: datetime) -> None:
    """All of them, long ago; everybody agreed as they joined, or when something new came."""
    published = at(now, PUBLISHED_DAYS_AGO)
    versions = [
        _version(row, published + timedelta(seconds=number))
        for number, row in enumerate(content.rows("policies"))
    ]
    PolicyVersion.objects.bulk_create(versions)
    versions += rules.publish(now)
    dates = [version.effective_at for version in versions if version.effective_at]
    since, coming = max(d for d in dates if d <= now), [d for d in dates if d > now]
    SiteSettings.objects.filter(pk=1).update(policies_since=since, policies_coming=coming)
    Member.objects.update(agreed_up_to=since)
    _agree(members.values(), [v for v in versions if v.effective_at and v.effective_at <= now])
    SignIn.objects.bulk_create(
        SignIn(member=members[who], way=way, block=block, client=client, happened_at=at(now, days))
        for who, days, way, block, client in SIGN_INS
    )


def _version(row: Row, moment: datetime) -> PolicyVersion:
    return PolicyVersion(number=1, published_at=moment, effective_at=moment, **row)


def _agree(members: Collection[Member], versions: Collection[PolicyVersion]) -> None:
    """To what held as they joined, and to what came later; to nothing that was over by then."""
    Consent.objects.bulk_create(
        Consent(
            member=member,
            version=version,
            way=ConsentWay.SIGN_UP if member.date_joined > began else ConsentWay.ASKED,
            given_at=max(member.date_joined, began),
        )
        for member in members
        for version, began, ended in _times(versions)
        if ended is None or member.date_joined < ended
    )


def _times(
    versions: Collection[PolicyVersion],
) -> Iterator[tuple[PolicyVersion, datetime, datetime | None]]:
    """Each version, from when and until when it held."""
    for version in versions:
        assert version.effective_at is not None
        later = [v.effective_at for v in versions if v.kind == version.kind and v.effective_at]
        after = [moment for moment in later if moment > version.effective_at]
        yield version, version.effective_at, min(after, default=None)
