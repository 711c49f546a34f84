"""What the demo's members say of themselves, and who is whose friend."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

from community import markdown
from community.models import Block, FormerHandle, Friendship, Member, Mute, Profile, ProfileLink
from community.models.friendship import Bond
from config.demo import content
from config.demo.content import Row, at
from config.demo.people import Community

# Of the pairs within a circle, how many know each other.
DENSE = 0.7
VERIFIED_FOR = timedelta(days=30)
NEXT_LOOK = timedelta(days=7)


def introduce(community: Community, now: datetime) -> None:
    """Fill the profiles. A trigger made an empty one with each member."""
    profiles = Profile.objects.in_bulk()
    for row in content.rows("profiles"):
        member = community.members[row["handle"]]
        profile = profiles[member.pk]
        profile.bio, profile.location = row["bio"], row["location"]
        profile.bio_html = markdown.render(row["bio"])
        for part, level in row["seen_by"].items():
            setattr(profile, f"{part}_for", level)
        profile.save()
        profile.tags.set(row["tags"])
        ProfileLink.objects.bulk_create(_links(row, member, now))


def _links(row: Row, member: Member, now: datetime) -> Iterator[ProfileLink]:
    for position, url in enumerate(row["links"]):
        verified = now - VERIFIED_FOR if url in row["verified"] else None
        yield ProfileLink(
            member=member, position=position, url=url, verified_at=verified, due_at=now + NEXT_LOOK
        )


def befriend(community: Community, now: datetime, chance: Random) -> None:
    """Friendships in circles that overlap, requests that wait, and distances kept."""
    told = _told()
    members = community.members
    pairs: dict[tuple[int, int], Friendship] = {}
    for circle in told["circles"]:
        for one, other in combinations(circle, 2):
            # The first of a circle knows the second.
            if (one, other) == tuple(circle[:2]) or chance.random() < DENSE:
                asked = at(now, chance.uniform(20, 300))
                row = _pair(members[one], members[other], Bond.FRIENDS, asked)
                row.answered_at = asked + timedelta(hours=chance.uniform(0.2, 60))
                pairs.setdefault((row.lo_id, row.hi_id), row)
    for state, name in ((Bond.PENDING, "requests"), (Bond.DECLINED, "declined")):
        for one, other, days in told[name]:
            row = _pair(members[one], members[other], state, at(now, days))
            row.answered_at = at(now, days - 1) if state == Bond.DECLINED else None
            pairs.setdefault((row.lo_id, row.hi_id), row)
    Friendship.objects.bulk_create(pairs.values())
    _keep_away(members, told, now)


def _told() -> dict[str, list[list[Any]]]:
    text = (content.HERE / "circles.json").read_text(encoding="utf-8")
    found: dict[str, list[list[Any]]] = json.loads(text)
    return found


def _pair(asker: Member, asked: Member, state: str, when: datetime) -> Friendship:
    lo, hi = sorted((asker, asked), key=lambda member: member.pk)
    asks = 0 if state == Bond.FRIENDS else 1
    side = "lo" if asker is lo else "hi"
    counted = {f"{side}_asks": asks, f"{side}_asked_at": when}
    return Friendship(
        lo=lo, hi=hi, state=state, requested_by=asker, requested_of=asked, requested_at=when,
        **counted,
    )  # fmt: skip


def _keep_away(members: dict[str, Member], told: dict[str, list[list[Any]]], now: datetime) -> None:
    Block.objects.bulk_create(
        Block(blocker=members[one], blocked=members[other], created_at=at(now, days))
        for one, other, days in told["blocked"]
    )
    Mute.objects.bulk_create(
        Mute(member=members[one], muted=members[other], created_at=at(now, days))
        for one, other, days in told["muted"]
    )
    FormerHandle.objects.bulk_create(
        FormerHandle(member=members[handle], handle=old, left_at=at(now, days))
        for handle, old, days in told["former"]
    )
