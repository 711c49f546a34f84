"""What reputation keeps about members; see community.privacy."""

from django.utils.translation import gettext_lazy as _

from community.privacy import Fate, answer
from reputation.models import TrustChange

answer(TrustChange, "member", fate=Fate.NUMBER, export="trust_changes",
       what=_("How your trust level changed, and why"),
       columns=["before", "after", "evidence", "changed_at"])  # fmt: skip
