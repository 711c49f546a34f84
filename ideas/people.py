"""What ideas know of a member: the lists on a profile, and who cares about the same ideas."""

from collections.abc import Collection

from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import causes, hints, tabs
from community.causes import Named
from community.cursors import Key, Page, page_of, whole
from community.hints import Hint
from community.models import Member
from community.models.sight import Visibility
from ideas import listing
from ideas.cards import dress
from ideas.credits import credits_of_member
from ideas.listing import Wanted
from ideas.models import Comment, Idea, Support
from ideas.ordering import NEW, Place

PAGE = 20
BY_ID = Key("id", whole)
# How much of what a member did lately is asked for others who were there, too.
LATELY = 40
NEAR = 60


def ideas_of(member: Member, viewer: Member | None, cursor: str = "") -> Page[Idea]:
    """What a member proposed, the newest first."""
    after = Place.decode(cursor) if cursor else None
    wanted = Wanted(order=NEW, author=member.handle, after=after, size=PAGE)
    page = listing.page_of(wanted, viewer)
    return Page(page.items, page.next.encode() if page.next else "")


def supports_of(member: Member, viewer: Member | None, cursor: str = "") -> Page[Support]:
    """Ideas that a member supports, the latest first; each support with its dressed `card`.

    Whether they are shown at all, `member.shows("supports")` says.
    """
    ideas = Idea.objects.visible_to(viewer).listed()
    rows = Support.objects.active().filter(member=member, idea__in=ideas.values("pk"))
    page = page_of(rows, BY_ID, cursor, PAGE)
    found = Idea.objects.for_cards(viewer).in_bulk([row.idea_id for row in page.items])
    dress(found.values(), viewer)
    for row in page.items:
        row.card = found[row.idea_id]  # type: ignore[attr-defined]
    return page


def comments_of(member: Member, viewer: Member | None, cursor: str = "") -> Page[Comment]:
    """What a member said about ideas that the viewer may see, the latest first."""
    ideas = Idea.objects.visible_to(viewer)
    rows = Comment.objects.shown().filter(author=member, idea__in=ideas.values("pk"))
    return page_of(rows.select_related("idea", "author", "team"), BY_ID, cursor, PAGE)


# Who wrote, said something about or openly supports what the viewer lately supported or wrote. Each
# LATERAL reads a bounded piece of an index. A support is told only where its member shows it.
CARING = """
WITH mine AS (
    (SELECT idea_id, id AS lately FROM ideas_support
     WHERE member_id = %(me)s AND state = 'counted' ORDER BY id DESC LIMIT %(lately)s)
    UNION
    (SELECT id, NULL FROM ideas_idea
     WHERE author_id = %(me)s AND status <> 'draft' ORDER BY id DESC LIMIT %(lately)s)
), near AS (
    SELECT DISTINCT member_id, idea_id FROM (
        SELECT idea.author_id AS member_id, idea.id AS idea_id
        FROM mine JOIN ideas_idea idea ON idea.id = mine.idea_id
        UNION ALL
        SELECT said.author_id, mine.idea_id FROM mine CROSS JOIN LATERAL (
            SELECT author_id FROM ideas_comment
            WHERE idea_id = mine.idea_id AND hidden_at IS NULL
            ORDER BY helpful_score DESC, id LIMIT %(near)s) said
        UNION ALL
        SELECT given.member_id, mine.idea_id FROM mine CROSS JOIN LATERAL (
            SELECT support.member_id FROM ideas_support support
            WHERE support.idea_id = mine.idea_id AND support.state = 'counted'
            ORDER BY support.counted_at DESC LIMIT %(near)s) given
        JOIN community_profile profile ON profile.member_id = given.member_id
        WHERE profile.supports_for <= %(members)s
    ) found WHERE member_id <> %(me)s
)
SELECT near.member_id, count(*), min(idea.title)
FROM near JOIN ideas_idea idea ON idea.id = near.idea_id
WHERE idea.hidden_at IS NULL AND idea.status <> 'draft'
GROUP BY near.member_id ORDER BY count(*) DESC, near.member_id DESC LIMIT %(most)s
"""


def caring_about_the_same(viewer: Member, most: int) -> list[Hint]:
    """Members to be found around the ideas that the viewer supports or wrote."""
    values = {
        "me": viewer.pk,
        "lately": LATELY,
        "near": NEAR,
        "members": Visibility.MEMBERS.value,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(CARING, values)
        rows = cursor.fetchall()
    return [Hint(pk, _shared(number, title)) for pk, number, title in rows]


def _shared(number: int, title: str) -> str:
    if number == 1:
        return gettext("You both care about “%(idea)s”") % {"idea": title}
    words = gettext("You both care about %(number)d ideas, such as “%(idea)s”")
    return words % {"number": number, "idea": title}


TABS = (
    tabs.Tab(
        slug="ideas",
        label=_("Ideas"),
        none=_("No ideas yet."),
        template="ideas/_profile_ideas.html",
        read=ideas_of,
        place=10,
    ),
    tabs.Tab(
        slug="credits",
        label=_("Credits"),
        none=_("No part in an idea yet."),
        template="ideas/_profile_credits.html",
        read=lambda member, viewer, cursor: credits_of_member(member.pk, cursor),
        place=15,
    ),
    tabs.Tab(
        slug="comments",
        label=_("Comments"),
        none=_("No comments yet."),
        template="ideas/_profile_comments.html",
        read=comments_of,
        part="comments",
        place=20,
    ),
    tabs.Tab(
        slug="supports",
        label=_("Supports"),
        none=_("Supports no idea yet."),
        template="ideas/_profile_supports.html",
        read=supports_of,
        part="supports",
        place=30,
    ),
)


def name_ideas(numbers: Collection[int], viewer: Member | None) -> dict[int, Named]:
    """Title and page of those that the viewer may see."""
    ideas = Idea.objects.visible_to(viewer).filter(pk__in=numbers).only("id", "title")
    return {idea.pk: Named(idea.title, idea.get_absolute_url()) for idea in ideas}


def register() -> None:
    """Give the profiles their tabs, the suggestions their ground, and points their causes."""
    causes.add("idea", name_ideas)
    hints.add(caring_about_the_same)
    for tab in TABS:
        tabs.add(tab)
