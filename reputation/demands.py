"""What a trust level asks for. Another number is another version, and goes into the evidence."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

VERSION = 1
# Below this many active members, everything is asked for by half.
SMALL_SITE = 200


@dataclass(frozen=True)
class Demands:
    """Either enough active days or enough deeds, and so long a membership before."""

    membership: timedelta
    active_days: int
    deeds: int

    @property
    def halved(self) -> "Demands":
        """For a small site; days and deeds are rounded up."""
        return Demands(self.membership / 2, ceil(self.active_days / 2), ceil(self.deeds / 2))


TRUST_1 = Demands(membership=timedelta(hours=24), active_days=3, deeds=5)


@dataclass(frozen=True)
class Evidence:
    """What the log and the account say of a member."""

    is_verified: bool
    membership: timedelta
    active_days: int
    deeds: int

    def meets(self, demands: Demands) -> bool:
        active = self.active_days >= demands.active_days or self.deeds >= demands.deeds
        return self.is_verified and self.membership >= demands.membership and active


def demands_for_trust_1(active_members: int) -> Demands:
    """What takes a member from TL0 to TL1 on a site of this size."""
    return TRUST_1.halved if active_members < SMALL_SITE else TRUST_1
