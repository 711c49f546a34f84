"""What a profile shows beyond what community knows of a member.

Higher apps put their tabs in when they load: `ideas` those of ideas, comments and supports.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from community.cursors import Page
    from community.models import Member

# A member, who looks, and the cursor of the page. Raises BadCursor.
Read = Callable[["Member", "Member | None", str], "Page[Any]"]


@dataclass(frozen=True)
class Tab:
    """One tab: its word in addresses, its label and the line for none (lazy texts), the template
    of its rows, and the part of the profile whose visibility guards it, if any."""

    slug: str
    label: Any
    none: Any
    template: str
    read: Read
    part: str = ""
    place: int = 50
    # A style sheet of its own, in place of that of cards.
    style: str = "css/ideas.css"

    def is_open(self, member: "Member") -> bool:
        """Whether it is shown to whom the member was read for (`seen_by`)."""
        return not self.part or member.shows(self.part)


_TABS: dict[str, Tab] = {}


def add(tab: Tab) -> None:
    """Show a tab on every profile."""
    _TABS[tab.slug] = tab


def of(member: "Member") -> list[Tab]:
    """The tabs that are open, in their order."""
    return sorted((t for t in _TABS.values() if t.is_open(member)), key=lambda tab: tab.place)
