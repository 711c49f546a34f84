from django.db import transaction

from community.models import Member
from community.services import notifying
from ideas.models import Follow, Idea
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
