"""The directory of members: by name, by what they know about, by place."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, Lower

from community.cursors import Key, Page, page_of, words
from community.models import Member, MemberQuerySet, MemberTag

PAGE = 30
# As in the search for ideas, only so many matches are ranked: the cost does not grow.
CANDIDATES = 200
BY_NAME = Key("name_key", words, descending=False)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom somebody looks for. Empty fields ask for nothing."""

    name: str = ""
    tag: str = ""
    place: str = ""
    cursor: str = ""
    size: int = PAGE


def people(wanted: Wanted, viewer: Member | None) -> Page[Member]:
    """Members who let the viewer find them: by name and page by page, or the best matches of a
    name on one page. What somebody hides from the viewer does not find them. Raises BadCursor."""
    rows = _filtered(wanted, viewer)
    if wanted.name:
        return Page(_best(rows, wanted.name)[: wanted.size])
    rows = rows.annotate(name_key=Lower("display_name"))
    return page_of(rows, BY_NAME, wanted.cursor, wanted.size)


def _filtered(wanted: Wanted, viewer: Member | None) -> MemberQuerySet:
    rows: MemberQuerySet = Member.objects.findable_by(viewer)
    if wanted.tag:
        tagged = MemberTag.objects.filter(content_object=OuterRef("pk"), tag__slug=wanted.tag)
        rows = rows.filter(Exists(tagged), profile__tags_for__lte=F("nearness"))
    if wanted.place:
        near = Q(profile__location__trigram_word_similar=wanted.place)
        rows = rows.filter(near, profile__location_for__lte=F("nearness"))
    return rows


def _best(rows: MemberQuerySet, name: str) -> list[Member]:
    """The members most alike in name or handle among the first that the index yields."""
    name = name.removeprefix("@")
    near = Q(display_name__trigram_word_similar=name) | Q(handle__trigram_word_similar=name)
    found = rows.filter(near).order_by().values("pk")[:CANDIDATES]
    alike = Greatest(
        TrigramWordSimilarity(name, "display_name"), TrigramWordSimilarity(name, "handle")
    )
    best = rows.filter(pk__in=list(found.values_list("pk", flat=True)))
    return list(best.annotate(alike=alike).order_by("-alike", Lower("display_name"), "pk"))
