"""Whom a member might know: by friends in common, by what both know about, by higher apps' grounds.

Only those whom `findable_by` lets be found, whom the member neither has nor has asked, and whom the
member has not dismissed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community import hints
from community.hints import Hint
from community.models import Dismissal, Friendship, Member, MemberTag
from community.models.friendship import Bond
from community.models.sight import Visibility

MOST = 12
# Read before the last filters; friends of friends beyond the first few hundred friends say no more.
CANDIDATES = 120
FRIENDS_READ = 300

# trust.md measured this form: LATERAL walks the index of each friend once.
BY_FRIENDS = """
SELECT theirs.friend_id, count(*) AS mutual,
       (array_agg(mine.friend_id ORDER BY mine.since DESC))[1:2] AS named
FROM (
    SELECT friend.friend_id, friend.since FROM community_friend friend
    JOIN community_profile shown ON shown.member_id = friend.friend_id
    WHERE friend.member_id = %(me)s AND shown.friends_for <= %(friends)s
    ORDER BY friend.since DESC LIMIT %(read)s
) mine
CROSS JOIN LATERAL (
    SELECT friend_id FROM community_friend WHERE member_id = mine.friend_id
) theirs
JOIN community_profile profile ON profile.member_id = theirs.friend_id
WHERE theirs.friend_id <> %(me)s
  AND profile.friends_for <= %(members)s AND profile.found_for <= %(members)s
  AND NOT EXISTS (SELECT FROM community_friend
                  WHERE member_id = %(me)s AND friend_id = theirs.friend_id)
  AND NOT EXISTS (SELECT FROM community_dismissal
                  WHERE member_id = %(me)s AND dismissed_id = theirs.friend_id)
GROUP BY theirs.friend_id
ORDER BY mutual DESC, theirs.friend_id DESC
LIMIT %(most)s
"""


@dataclass(frozen=True)
class Suggestion:
    """A member and why."""

    member: Member
    reason: Any


def suggestions(viewer: Member, size: int = MOST) -> list[Suggestion]:
    """The best first: most friends in common, then what else both share."""
    found: dict[int, Hint] = {}
    for ground in (by_friends, by_tags, *hints.grounds()):
        if len(found) >= size:
            break
        given = [hint for hint in ground(viewer, CANDIDATES) if hint.member_id not in found]
        allowed = _allowed(viewer, [hint.member_id for hint in given])
        found |= {hint.member_id: hint for hint in given if hint.member_id in allowed}
    chosen = list(found.values())[:size]
    members = Member.objects.select_related("profile").in_bulk([hint.member_id for hint in chosen])
    return [Suggestion(members[hint.member_id], hint.reason) for hint in chosen]


def _allowed(viewer: Member, ids: Iterable[int]) -> set[int]:
    """Whom of these the viewer may be shown and could ask."""
    wanted = set(ids) - {viewer.pk}
    if not wanted:
        return set()
    pairs = Friendship.objects.exclude(state=Bond.NONE)
    rows = Member.objects.findable_by(viewer).filter(pk__in=wanted)
    rows = rows.exclude(Exists(pairs.filter(lo=viewer, hi=OuterRef("pk"))))
    rows = rows.exclude(Exists(pairs.filter(hi=viewer, lo=OuterRef("pk"))))
    rows = rows.exclude(Exists(Dismissal.objects.filter(member=viewer, dismissed=OuterRef("pk"))))
    return set(rows.values_list("pk", flat=True))


def by_friends(viewer: Member, most: int) -> list[Hint]:
    """Friends of friends, where both ends of both friendships let the viewer see them."""
    values = {
        "me": viewer.pk,
        "friends": Visibility.FRIENDS.value,
        "members": Visibility.MEMBERS.value,
        "read": FRIENDS_READ,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_FRIENDS, values)
        rows = cursor.fetchall()
    named = {pk for _id, _number, first in rows for pk in first}
    names = dict(Member.objects.filter(pk__in=named).values_list("pk", "display_name"))
    return [Hint(pk, _in_common(number, [names[n] for n in first])) for pk, number, first in rows]


def _in_common(number: int, names: list[str]) -> str:
    others = number - len(names)
    if others:
        words = ngettext(
            "Friends with %(names)s and %(number)d other",
            "Friends with %(names)s and %(number)d others",
            others,
        )
        return words % {"names": ", ".join(names), "number": others}
    if len(names) > 1:
        return _("Friends with %(one)s and %(other)s") % {"one": names[0], "other": names[1]}
    return _("Friends with %(name)s") % {"name": names[0]}


def by_tags(viewer: Member, most: int) -> list[Hint]:
    """Who says to know about the same, as far as they say it to members."""
    mine = MemberTag.objects.filter(content_object=viewer.pk).values("tag")
    rows = (
        MemberTag.objects.filter(tag__in=mine, content_object__tags_for__lte=Visibility.MEMBERS)
        .exclude(content_object=viewer.pk)
        .order_by("-id")
        .values_list("content_object", "tag__name")[: most * 4]
    )
    shared: dict[int, list[str]] = {}
    for member_id, name in rows:
        shared.setdefault(member_id, []).append(name)
    best = sorted(shared, key=lambda pk: (-len(shared[pk]), -pk))
    words = _("You both know about %(tags)s")
    return [Hint(pk, words % {"tags": ", ".join(sorted(shared[pk])[:3])}) for pk in best[:most]]
