"""Who writes a draft, who is asked to, and what waits for a member's answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from community.models import Friend, Member
from ideas.models import CoAuthor, Idea
from ideas.models.co_author import HOLDING, MOST_CO_AUTHORS, CoAuthorState

# What a field suggests; any friend's handle may be typed.
MOST_SUGGESTED = 100
MOST_INVITATIONS = 50
# Who is asked no second time.
ASKED = (*HOLDING, CoAuthorState.DECLINED)


@dataclass(frozen=True)
class Hands:
    """A draft's co-authors: `rows` in the order they were asked, without those who are gone."""

    rows: list[CoAuthor] = field(default_factory=list)

    @property
    def places(self) -> int:
        """How many more may be asked."""
        return MOST_CO_AUTHORS - sum(row.is_holding for row in self.rows)


def hands_of(idea: Idea) -> Hands:
    """Who writes along; of a draft, also who is asked to or said no. One query."""
    shown = ASKED if idea.is_draft else (CoAuthorState.ACCEPTED,)
    rows = CoAuthor.objects.filter(idea=idea, state__in=shown).select_related("member")
    return Hands(list(rows.order_by("invited_at", "pk")))


def friends_to_ask(draft: Idea) -> Sequence[Member]:
    """The author's friends who can be asked, the newest friendship first."""
    known = CoAuthor.objects.filter(idea=draft, member=OuterRef("friend"), state__in=ASKED)
    rows = Friend.objects.filter(~Exists(known), member=draft.author_id, friend__is_active=True)
    rows = rows.select_related("friend").order_by("-since", "-pk")
    return [row.friend for row in rows[:MOST_SUGGESTED]]


def invitations_of(member: Member) -> list[CoAuthor]:
    """Drafts that wait for a member's yes or no, the newest first. One query."""
    rows = CoAuthor.objects.invitations(member).select_related("idea__author", "idea__board")
    return list(rows.order_by("-idea")[:MOST_INVITATIONS])
