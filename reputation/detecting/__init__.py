"""Detectors: functions from votes to what a person should look at. They never decide anything."""

from collections.abc import Callable, Iterator

from reputation.detecting import gatherings, lockstep, reciprocal, serial
from reputation.detecting.thresholds import STANDARD, Thresholds
from reputation.detecting.votes import Finding, Votes

__all__ = ["DETECTORS", "Detector", "Finding", "Votes", "find_all"]

type Detector = Callable[[Votes, Thresholds], Iterator[Finding]]

# The order in which they are tried: the clearest picture first.
DETECTORS: dict[str, Detector] = {
    "reciprocal": reciprocal.find,
    "lockstep": lockstep.find,
    "serial": serial.find,
    "burst": gatherings.find_bursts,
    "newcomers": gatherings.find_newcomers,
}


def find_all(votes: Votes, limits: Thresholds = STANDARD) -> list[Finding]:
    """What all of them find."""
    if not len(votes):
        return []
    return [finding for find in DETECTORS.values() for finding in find(votes, limits)]
