"""What moderation keeps about members; see community.privacy."""

from django.utils.translation import gettext_lazy as _

from community.privacy import Fate, answer
from moderation.models import Restriction, Sanction

COLUMNS = ("reason", "imposed_at", "lifted_at", "lift_reason")
SANCTIONED = ("kind", "clause__key", "severity", "misuse", "until", "strike_until", *COLUMNS)

answer(Restriction, "moderator", fate=Fate.FORMER)
answer(Restriction, "lifted_by", fate=Fate.FORMER)
answer(Restriction, "idea__author", fate=Fate.FORMER, export="restricted_ideas",
       what=_("What moderation decided about your ideas"),
       columns=["idea_id", *COLUMNS])  # fmt: skip
answer(Restriction, "comment__author", fate=Fate.FORMER, export="restricted_comments",
       what=_("What moderation decided about your comments"),
       columns=["comment_id", *COLUMNS])  # fmt: skip
answer(Sanction, "member", fate=Fate.NUMBER, export="sanctions",
       what=_("Warnings and suspensions"),
       columns=SANCTIONED)  # fmt: skip
answer(Sanction, "by", fate=Fate.FORMER)
answer(Sanction, "lifted_by", fate=Fate.FORMER)
