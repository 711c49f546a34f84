"""Few have much, many have little."""

from functools import cache
from itertools import accumulate
from random import Random


@cache
def shares(total: int, among: int, seed: str) -> list[int]:
    """Split `total` among so many by Zipf's law, the lucky ones at random places."""
    chance = Random(seed)
    weights = [1 / (rank + 8) ** 0.9 for rank in range(among)]
    chance.shuffle(weights)
    scale = total / sum(weights)
    return [int(weight * scale + chance.random()) for weight in weights]


@cache
def activity(members: int, seed: str) -> list[float]:
    """Cumulated weights of members, by which one is drawn for a vote or a comment."""
    chance = Random(seed)
    weights = [1 / (rank + 40) ** 0.7 for rank in range(members)]
    chance.shuffle(weights)
    return list(accumulate(weights))
