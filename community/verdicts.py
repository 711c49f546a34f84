"""What a policy answers."""

from dataclasses import dataclass
from typing import Any

from community.errors import Refused


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with a reason a page can show and a code a program can read."""

    allowed: bool
    reason: Any = ""
    code: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise Refused unless allowed."""
        if not self.allowed:
            raise Refused(str(self.reason), code=self.code)


YES = Verdict(allowed=True)


def no(code: str, reason: Any) -> Verdict:
    """A refusal."""
    return Verdict(allowed=False, reason=reason, code=code)
