"""What detectors ask for before a person is asked to look. Another number is another version."""

from dataclasses import dataclass

VERSION = 2
HOUR = 3_600
DAY = 24 * HOUR


@dataclass(frozen=True)
class Thresholds:
    """Times are in seconds, `surprise` in decimal digits: 6 is once in a million by chance.

    `closed`: the least share of all that a group did at all. Accounts that were made for votes do
    little else, people who happen to like the same have other things to do, too.
    """

    serial_votes: int = 5
    serial_within: int = HOUR
    serial_share: float = 0.5
    # On average, from one vote to the next: nobody reads an idea faster.
    serial_pace: int = 120
    # Accounts younger than that are not given the time, if most of what they do is for one author.
    serial_new: int = 60 * DAY
    serial_closed: float = 0.5
    serial_surprise: float = 6
    reciprocal_votes: int = 3
    reciprocal_z: float = 10
    reciprocal_closed: float = 0.3
    lockstep_ideas: int = 5
    lockstep_within: int = 2 * HOUR
    lockstep_crowd: int = 300
    lockstep_occasions: int = 2
    lockstep_share: float = 0.5
    # Already less what so many pairs of voters bring by chance.
    lockstep_surprise: float = 3.5
    burst_votes: int = 5
    burst_within: int = 6 * HOUR
    burst_surprise: float = 6
    burst_closed: float = 0.5
    newcomer_age: int = 2 * DAY
    newcomer_votes: int = 6
    newcomer_surprise: float = 6
    newcomer_closed: float = 0.5
    # What others do meanwhile: the time before, in which it is looked at.
    usual_within: int = DAY
    launch_within: int = 2 * HOUR


STANDARD = Thresholds()
