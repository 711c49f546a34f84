"""What reputation keeps about members; see community.privacy."""

from django.utils.translation import gettext_lazy as _

from community.privacy import Fate, answer
from reputation.models import (
    ActiveDay,
    Award,
    BadgeDue,
    Case,
    CaseStep,
    CaseVote,
    Circumstance,
    Day,
    Deed,
    Discussed,
    Entry,
    Grace,
    Ground,
    Holding,
    Leader,
    Reversal,
    RuleBook,
    Share,
    SolvedFor,
    TrustChange,
    Vouch,
)

answer(TrustChange, "member", fate=Fate.NUMBER, export="trust_changes",
       what=_("How your trust level changed, and why"),
       columns=["before", "after", "evidence", "reason", "changed_at"])  # fmt: skip
answer(TrustChange, "by", fate=Fate.NUMBER)
answer(ActiveDay, "member", fate=Fate.REMOVED, export="active_days",
       what=_("The days on which you took part"), columns=["day"])  # fmt: skip
answer(Discussed, "member", fate=Fate.REMOVED, export="discussed_ideas",
       what=_("The ideas that you commented on, for your trust level"),
       columns=["idea_id", "last_on"])  # fmt: skip
answer(Deed, "member", fate=Fate.REMOVED, export="first_deeds",
       what=_("What you did first, for your trust level"),
       columns=["kind", "thing_id"])  # fmt: skip
answer(Grace, "member", fate=Fate.REMOVED, export="grace",
       what=_("Until when you keep a trust level that you fell below"),
       columns=["began_at", "ends_at"])  # fmt: skip
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
answer(Leader, "member", fate=Fate.REMOVED, export="leaderboards",
       what=_("The leaderboards that you are on"),
       columns=["leaderboard__area", "leaderboard__area_id", "leaderboard__period",
                "leaderboard__starts_on", "rank", "points"])  # fmt: skip
answer(Award, "member", fate=Fate.NUMBER, export="badges",
       what=_("The badges that you were given, and those you lost"),
       columns=["badge", "thing", "thing_id", "earned_at", "awarded_at", "revoked_at",
                "reason"])  # fmt: skip
answer(Holding, "member", fate=Fate.NUMBER)
answer(BadgeDue, "member", fate=Fate.NUMBER)
answer(SolvedFor, "member", fate=Fate.NUMBER)
# Whoever is looked into must not learn it from their archive, and a false alarm harms nobody.
answer(Case, "claimed_by", fate=Fate.NUMBER)
answer(CaseVote, "voter", fate=Fate.NUMBER)
answer(CaseVote, "author", fate=Fate.NUMBER)
answer(CaseStep, "by", fate=Fate.NUMBER)
answer(Vouch, "member", fate=Fate.NUMBER)
answer(Vouch, "by", fate=Fate.NUMBER)
answer(Reversal, "made_by", fate=Fate.NUMBER)
