"""What apps above this one show beside a topic. They put their panels in when they load."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from community.models import Member, Reply, Topic


@dataclass(frozen=True)
class Panel:
    """A template with what it needs, for one topic and one who looks."""

    template: str
    shown: Mapping[str, Any]
    # What is shown with a reply of the topic, if anything. No queries.
    with_reply: "Callable[[Reply], Panel | None] | None" = None


type Maker = Callable[["Topic", "Member | None"], Panel | None]

_MAKERS: list[Maker] = []


def add(maker: Maker) -> None:
    """Have a panel beside each topic; the maker answers None where there is nothing to show."""
    if maker not in _MAKERS:
        _MAKERS.append(maker)


def beside(topic: "Topic", viewer: "Member | None") -> list[Panel]:
    """The panels of a topic, in the order in which they were put in."""
    made = (maker(topic, viewer) for maker in _MAKERS)
    return [panel for panel in made if panel]


def with_reply(panels: Iterable[Panel], reply: "Reply") -> list[Panel]:
    """What the panels of a topic show with one of its replies."""
    made = (panel.with_reply(reply) for panel in panels if panel.with_reply)
    return [panel for panel in made if panel]
