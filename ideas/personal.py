"""What ideas keep about members, how it is told to them, and what a deletion does to it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.privacy import Fate, answer
from ideas.models import (
    BoardFollow,
    CoAuthor,
    Comment,
    CommentRevision,
    Contribution,
    Decision,
    FeedReader,
    Follow,
    HelpfulMark,
    Idea,
    IdeaImage,
    IdeaRevision,
    Merge,
    Note,
    PendingDecision,
    Presence,
    Promise,
    Retagging,
    Review,
    SavedView,
    Support,
    TagFollow,
    TeamDeed,
    TopicLink,
    Voiding,
)
from ideas.services import leaving

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

IDEA_COLUMNS = (
    "id", "board__name", "title", "body", "language", "status", "created_at", "opened_at",
    "edited_at", "hidden_at",
)  # fmt: skip


def _pictures(member: Member) -> Iterator[tuple[str, "FieldFile"]]:
    pictures = IdeaImage.objects.filter(idea__author=member).order_by("pk")
    for picture in pictures.iterator():
        suffix = (picture.file.name or "").rpartition(".")[2]
        yield f"pictures/idea-{picture.idea_id}-{picture.pk}.{suffix}", picture.file


answer(Idea, "author", fate=Fate.CHOSEN, export="ideas", what=_("Your ideas and drafts"),
       columns=IDEA_COLUMNS, files=_pictures, erase=leaving.remove_ideas)  # fmt: skip
answer(IdeaRevision, "editor", fate=Fate.CHOSEN, export="idea_revisions",
       what=_("What your ideas said before"),
       columns=["idea_id", "number", "title", "body", "note", "created_at"])  # fmt: skip
answer(Comment, "author", fate=Fate.CHOSEN, export="comments", what=_("Your comments"),
       columns=["id", "idea_id", "parent_id", "kind", "body", "created_at", "edited_at"],
       erase=leaving.remove_comments)  # fmt: skip
answer(Comment, "resolved_by", fate=Fate.FORMER)
answer(Retagging, "member", fate=Fate.FORMER, export="retaggings",
       what=_("Ideas of others that you sorted by tags"),
       columns=["idea_id", "before", "after", "changed_at"])  # fmt: skip
answer(CommentRevision, "comment__author", fate=Fate.CHOSEN, export="comment_revisions",
       what=_("What your comments said before"),
       columns=["comment_id", "number", "body", "created_at"])  # fmt: skip
answer(CoAuthor, "member", fate=Fate.FORMER, export="co_written",
       what=_("Ideas you were invited to write"),
       columns=["idea_id", "state", "invited_at", "answered_at"])  # fmt: skip
answer(TopicLink, "member", fate=Fate.FORMER, export="topic_links",
       what=_("Topics and ideas you linked"),
       columns=["topic_id", "idea_id", "created_at"])  # fmt: skip
answer(Contribution, "member", fate=Fate.FORMER, export="credits",
       what=_("Your credited parts in ideas"),
       columns=["idea_id", "part", "comment_id", "recorded_at", "ended_at"])  # fmt: skip
answer(Contribution, "recorded_by", fate=Fate.NUMBER)

answer(Support, "member", fate=Fate.NUMBER, export="supports", what=_("Your supports"),
       columns=["idea_id", "state", "created_at", "counted_at", "voided_by__summary"],
       erase=leaving.withdraw_supports)  # fmt: skip
answer(Follow, "member", fate=Fate.REMOVED, export="follows", what=_("Ideas you follow"),
       columns=["idea_id", "created_at"])  # fmt: skip
answer(BoardFollow, "member", fate=Fate.REMOVED, export="followed_boards",
       what=_("Boards you follow"), columns=["board__name", "created_at"])  # fmt: skip
answer(TagFollow, "member", fate=Fate.REMOVED, export="followed_tags",
       what=_("Tags you follow"), columns=["tag__name", "created_at"])  # fmt: skip
answer(FeedReader, "member", fate=Fate.REMOVED, export="feed",
       what=_("When you read your feed"), columns=["looked_at", "made_at"])  # fmt: skip
answer(HelpfulMark, "member", fate=Fate.NUMBER, export="helpful_marks",
       what=_("Comments you found helpful or not"),
       columns=["comment_id", "helpful", "marked_at"])  # fmt: skip

# What somebody did for a team is the team's record.
answer(Decision, "member", fate=Fate.FORMER, export="decisions",
       what=_("Decisions you made for a team"),
       columns=["idea_id", "from_status", "to_status", "statement", "created_at"])  # fmt: skip
answer(PendingDecision, "proposed_by", fate=Fate.FORMER, export="proposed_decisions",
       what=_("Decisions you proposed"),
       columns=["idea_id", "to_status", "statement", "state", "proposed_at"])  # fmt: skip
answer(PendingDecision, "approved_by", fate=Fate.FORMER)
answer(Merge, "merged_by", fate=Fate.FORMER)
answer(Merge, "replied_by", fate=Fate.FORMER)
answer(Merge, "undone_by", fate=Fate.FORMER)
answer(Promise, "withdrawn_by", fate=Fate.FORMER)
answer(Note, "author", fate=Fate.FORMER, export="team_notes",
       what=_("Notes you wrote for a team"),
       columns=["idea_id", "body", "written_at", "removed_at"])  # fmt: skip
answer(TeamDeed, "member", fate=Fate.NUMBER, export="team_deeds",
       what=_("What you did for a team"),
       columns=["idea_id", "kind", "detail", "happened_at"])  # fmt: skip
answer(Voiding, "made_by", fate=Fate.FORMER, export="voidings",
       what=_("Voidings of votes you made"),
       columns=["id", "summary", "state", "votes", "made_at"])  # fmt: skip
answer(Voiding, "done_by", fate=Fate.FORMER)
answer(Voiding, "ended_by", fate=Fate.FORMER)
answer(Review, "assignee", fate=Fate.UNLINKED)
answer(SavedView, "owner", fate=Fate.REMOVED, export="saved_views",
       what=_("Views of the review queue you saved"),
       columns=["name", "query", "created_at"])  # fmt: skip
answer(Presence, "member", fate=Fate.REMOVED)
