"""The signed way out of e-mails: what a link in a mail may switch off, without signing in."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "community.outs"


@dataclass(frozen=True)
class Out:
    """One member's wish about one topic: a thing such as `idea:12`, or `digest:daily`."""

    member_id: int
    topic: str

    @property
    def token(self) -> str:
        """For an address. It does not expire: mails are kept for years."""
        return signing.dumps([self.member_id, self.topic], salt=_SALT)

    @property
    def url(self) -> str:
        return settings.SITE_URL + reverse("community:unsubscribe", args=[self.token])

    @property
    def period(self) -> str:
        """Of which digests it is the way out; empty for a thing."""
        kind, _colon, period = self.topic.partition(":")
        return period if kind == "digest" else ""


def read(token: str) -> Out | None:
    """What a token says, or None when it was not made here."""
    try:
        member_id, topic = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Out(member_id, topic)
