"""What reputation keeps about members; see community.privacy."""

from django.utils.translation import gettext_lazy as _

from community.privacy import Fate, answer
from reputation.models import (
    Circumstance,
    Day,
    Entry,
    Ground,
    Reversal,
    RuleBook,
    Share,
    TrustChange,
)

answer(TrustChange, "member", fate=Fate.NUMBER, export="trust_changes",
       what=_("How your trust level changed, and why"),
       columns=["before", "after", "evidence", "changed_at"])  # fmt: skip
answer(Entry, "member", fate=Fate.NUMBER, export="points",
       what=_("The points you got and lost"),
       columns=["kind", "cause", "thing", "thing_id", "points", "book_id",
                "occurred_at"])  # fmt: skip
answer(Ground, "member", fate=Fate.NUMBER)
answer(Day, "member", fate=Fate.NUMBER)
answer(RuleBook, "made_by", fate=Fate.NUMBER)
answer(Entry, "actor_id", fate=Fate.NUMBER)
answer(Ground, "actor_id", fate=Fate.NUMBER)
answer(Share, "member", fate=Fate.NUMBER)
answer(Circumstance, "author_id", fate=Fate.NUMBER)
answer(Reversal, "made_by", fate=Fate.NUMBER)
