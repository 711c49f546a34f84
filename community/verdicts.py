"""What a policy answers."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community import trust
from community.errors import Refused


class AboutLevels(str):
    """A reason that has to do with trust levels: a page shows it with the way to their table, a
    program reads the words alone."""

    __slots__ = ()

    def __str__(self) -> str:
        return self

    def __html__(self) -> SafeString:
        words = _("What trust levels are")
        # str() would lead back here.
        plain = "".join(self)
        return format_html('{} <a href="{}">{}</a>', plain, reverse("reputation:levels"), words)


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


def limited(reason: str, privilege: str, number: int) -> str:
    """A reason that a number of a level sets, and from which level on that is higher."""
    more = trust.more_from(privilege, number)
    return AboutLevels(f"{reason} {more}") if more else reason
