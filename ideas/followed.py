"""What a member follows besides ideas: boards, tags and members."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from taggit.models import Tag

from community.models import Member, MemberFollow
from ideas.models import Board, BoardFollow, TagFollow

# Of each kind, the newest first: a page to let go of things, not to read.
MOST = 200


@dataclass(frozen=True)
class Followed:
    """Boards in their order, tags by name, members with the newest first."""

    boards: Sequence[Board]
    tags: Sequence[Tag]
    members: Sequence[Member]

    def __bool__(self) -> bool:
        return bool(self.boards or self.tags or self.members)


def by(member: Member) -> Followed:
    """What this member follows. Three queries."""
    boards = Board.objects.filter(pk__in=BoardFollow.objects.filter(member=member).values("board"))
    tags = TagFollow.objects.filter(member=member).select_related("tag").order_by("-pk")[:MOST]
    rows = MemberFollow.objects.filter(member=member, followed__is_active=True)
    people = rows.select_related("followed").order_by("-pk")[:MOST]
    return Followed(
        boards=list(boards.in_order()),
        tags=sorted((row.tag for row in tags), key=lambda tag: tag.name),
        members=[row.followed for row in people],
    )


def tag_for(member: Member, slug: str) -> Tag | None:
    """The tag of this slug with `is_followed` by the member; None without one. One query."""
    mine = TagFollow.objects.filter(member=member, tag=OuterRef("pk"))
    found: Tag | None = Tag.objects.annotate(is_followed=Exists(mine)).filter(slug=slug).first()
    return found
