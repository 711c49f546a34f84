"""How large the generated sites are."""

from dataclasses import dataclass

# Raise it when the generator makes other rows: sites of another version are made anew.
VERSION = 8
YEARS = 3
BOARDS = 8
# Members who vote only while something is measured; they come after the others.
VOTERS = 16


@dataclass(frozen=True)
class Size:
    """Numbers of rows, about. `events` are what the log holds, `words` of a body on average."""

    name: str
    ideas: int
    supports: int
    members: int
    comments: int
    tags: int
    events: int
    friendships: int = 0
    words: int = 32
    # Whose tallies are counted again after filling: every so manieth idea.
    proof: int = 1
    # Every so manieth idea is a topic of the forum as well, its comments are the replies.
    topics: int = 5

    @property
    def database(self) -> str:
        return f"bench_{self.name.lower()}"


S = Size("S", 1_000, 10_000, 2_000, 2_000, 60, 100_000, 16_000)
M = Size("M", 100_000, 1_000_000, 40_000, 200_000, 400, 1_000_000, 320_000)
L = Size("L", 1_000_000, 10_000_000, 250_000, 2_000_000, 2_000, 1_000_000, 2_000_000, proof=101)
# Where voters are measured: many ideas, and nobody has voted yet.
VOTES = Size("votes", 10_000, 0, 6_000, 0, 60, 0, words=8)
SIZES = {size.name: size for size in (S, M, L)}
