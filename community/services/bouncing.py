"""E-mails that mail servers refused: counted, and after enough of them no more are sent there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community import text
from community.errors import Refused
from community.events import MailResumed, MailStopped
from community.models import Bounce, Digest, Member, Notification

# One refusal for good, or so many for now within so many days, and mail stops.
HARD, SOFT = 1, 5
WITHIN = timedelta(days=30)
_OURS = re.compile(r"<(notification|digest)-(\d{1,18})@")


@dataclass(frozen=True)
class Report:
    """What a delivery status notification (RFC 3464) says of one address."""

    email: str
    action: str
    status: str
    detail: str
    message_id: str

    @property
    def is_failure(self) -> bool:
        return self.action in ("failed", "delayed") and self.status[:1] in ("4", "5")

    @property
    def is_hard(self) -> bool:
        return self.action == "failed" and self.status.startswith("5")


def read(message: Message) -> list[Report]:
    """The reports in a message; none when it is no delivery status notification."""
    message_id = _original_id(message)
    return [
        Report(
            email=_address(fields.get("Final-Recipient", "")),
            action=str(fields.get("Action", "")).strip().lower(),
            status=str(fields.get("Status", "")).strip()[:20],
            detail=text.one_line(str(fields.get("Diagnostic-Code", "")))[:500],
            message_id=message_id,
        )
        for fields in _recipients(message)
    ]


def _recipients(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            fields = (block for block in blocks if isinstance(block, Message))
            yield from (block for block in fields if block.get("Final-Recipient"))


def _original_id(message: Message) -> str:
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and isinstance(inner[0], Message):
                return str(inner[0].get("Message-ID", "")).strip()[:200]
        if kind == "text/rfc822-headers":
            found = re.search(r"(?im)^message-id:\s*(<[^>\s]+>)", str(part.get_payload()))
            return found[1][:200] if found else ""
    return ""


def _address(field: object) -> str:
    """Of "rfc822; mara@example.org", the address."""
    return str(field).partition(";")[2].strip().strip("<>")[:254]


@transaction.atomic
def note(*, report: Report) -> Bounce | None:
    """Count a refusal, and stop mail when there were enough. None when it is none, or nobody's."""
    member = _member_of(report) if report.is_failure else None
    if member is None:
        return None
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    bounce, created = _keep(member, report)
    if created and member.mail_stopped_at is None and _enough(member):
        member.mail_stopped_at = timezone.now()
        member.save(update_fields=["mail_stopped_at"])
        record(MailStopped(member_id=member.pk), actor=None)
    return bounce


def _keep(member: Member, report: Report) -> tuple[Bounce, bool]:
    facts = {
        "email": member.email,
        "is_hard": report.is_hard,
        "status": report.status,
        "detail": report.detail,
    }
    if not report.message_id:
        return Bounce.objects.create(member=member, **facts), True
    return Bounce.objects.get_or_create(member=member, message_id=report.message_id, defaults=facts)


def _member_of(report: Report) -> Member | None:
    """Whose mail it was, by its Message-ID, else by the address."""
    found = _OURS.match(report.message_id)
    if found:
        table = Notification if found[1] == "notification" else Digest
        about = table.objects.filter(pk=int(found[2])).select_related("member").first()
        if about is not None:
            return about.member
    return Member.objects.filter(email__iexact=report.email).first() if report.email else None


def _enough(member: Member) -> bool:
    """What was refused since the address was last said to work, of this address alone."""
    lately = member.bounces.filter(
        email__iexact=member.email, received_at__gt=timezone.now() - WITHIN
    )
    if member.mail_resumed_at:
        lately = lately.filter(received_at__gt=member.mail_resumed_at)
    hard = lately.filter(is_hard=True).count()
    return hard >= HARD or lately.count() - hard >= SOFT


@transaction.atomic
def resume(*, member: Member, by: Member, reason: str = "") -> None:
    """The address works (again), says its member, or somebody in the admin with a reason: mail
    goes out until it is refused anew. Said of one that takes mail, it changes nothing."""
    if by != member and not reason:
        raise Refused(_("Say why this address should get e-mail again."), code="missing_reason")
    row = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if row.mail_stopped_at:
        row.mail_stopped_at, row.mail_resumed_at = None, timezone.now()
        row.save(update_fields=["mail_stopped_at", "mail_resumed_at"])
        record(MailResumed(member_id=row.pk, reason=reason), actor=by)
    member.mail_stopped_at, member.mail_resumed_at = row.mail_stopped_at, row.mail_resumed_at
