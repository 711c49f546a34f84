from django.db import transaction
from taggit.models import Tag

from community.models import Member
from community.services import notifying
from ideas.models import Board, BoardFollow, Follow, Idea, TagFollow
from ideas.topics import topic_of


@transaction.atomic
def follow(*, idea: Idea, member: Member) -> None:
    """Hear what becomes of an idea; mails about it come again if they had been stopped."""
    root = idea.root_id
    Follow.objects.bulk_create([Follow(idea_id=root, member=member)], ignore_conflicts=True)
    notifying.unmute(member=member, topic=topic_of(root))


@transaction.atomic
def unfollow(*, idea: Idea, member: Member) -> None:
    """Hear no more of an idea, nor of those that were merged into it."""
    Follow.objects.in_group(idea.root_id).filter(member=member).delete()


@transaction.atomic
def follow_board(*, board: Board, member: Member) -> None:
    """See in one's feed what is posted and decided on a board."""
    BoardFollow.objects.bulk_create(
        [BoardFollow(board=board, member=member)], ignore_conflicts=True
    )


@transaction.atomic
def unfollow_board(*, board: Board, member: Member) -> None:
    """See it no more."""
    BoardFollow.objects.filter(board=board, member=member).delete()


@transaction.atomic
def follow_tag(*, tag: Tag, member: Member) -> None:
    """See in one's feed what is posted and decided under a tag."""
    TagFollow.objects.bulk_create([TagFollow(tag=tag, member=member)], ignore_conflicts=True)


@transaction.atomic
def unfollow_tag(*, tag: Tag, member: Member) -> None:
    """See it no more."""
    TagFollow.objects.filter(tag=tag, member=member).delete()
