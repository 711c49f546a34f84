"""What the demo's friends write together, and what its members follow besides ideas."""

from datetime import datetime

from taggit.models import Tag

from community.models import Member, MemberFollow
from config.demo import content
from config.demo.content import Row, at
from config.demo.people import Community
from ideas.models import BoardFollow, Idea, TagFollow
from ideas.services import cowriting, writing
from ideas.status import Status


def follow(community: Community, now: datetime) -> None:
    """Some follow boards, tags and members whom they do not know."""
    members = community.members
    for row in content.rows("follows"):
        when = at(now, row["days_ago"])
        member = members[row["handle"]]
        BoardFollow.objects.bulk_create(
            BoardFollow(member=member, board=community.boards[slug], created_at=when)
            for slug in row["boards"]
        )
        TagFollow.objects.bulk_create(
            TagFollow(member=member, tag=tag, created_at=when)
            for tag in Tag.objects.filter(name__in=row["tags"])
        )
        MemberFollow.objects.bulk_create(
            MemberFollow(member=member, followed=members[handle], created_at=when)
            for handle in row["members"]
        )


def write(community: Community) -> None:
    """Drafts by several hands: one goes on, one waits for a yes, one is posted just now."""
    for row in content.rows("together"):
        draft = _draft(row, community)
        author = draft.author
        for handle in row["asked"]:
            cowriting.invite(draft=draft, by=author, friend=community.members[handle])
        for handle in row["accepted"]:
            cowriting.accept(draft=draft, by=community.members[handle])
        if row["posted"]:
            writing.post(draft=draft, by=author)


def _draft(row: Row, community: Community) -> Idea:
    """The draft with this title, which may be there already."""
    author: Member = community.members[row["author"]]
    known = Idea.objects.filter(author=author, title=row["title"], status=Status.DRAFT)
    return known.first() or writing.save_draft(
        author=author,
        board=community.boards[row["board"]],
        title=row["title"],
        body=row["body"],
        language=row["language"],
        tags=row["tags"],
    )
