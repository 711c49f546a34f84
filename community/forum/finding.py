"""Finding topics: full text finds words in any form, trigrams find them misspelt or reordered."""

from django.contrib.postgres.search import SearchRank, TrigramSimilarity, TrigramWordSimilarity
from django.db import connection
from django.db.models import Case, Count, F, FloatField, Value, When, Window
from django.db.models.functions import Cast, Greatest, Ln

from community import search
from community.models import Member, Reply, Topic, TopicQuerySet

# Ranking reads each match, so only this many matches in titles and texts, and as many in replies,
# are ranked: the cost of a search does not grow with the forum.
CANDIDATES = 300
# Fewer letters are alike with everything.
SHORTEST = 4
SIMILAR = 5
# More words than this do not make a title easier to find.
MOST_WORDS = 10
GLANCE = 3


def candidates(topics: TopicQuerySet, words: str) -> list[int]:
    """Ids of topics that hold the words or have a reply that does; titles alike if there is none.

    Two statements at the most.
    """
    return _holding(topics, words) or _misspelt(topics, words)


def _holding(topics: TopicQuerySet, words: str) -> list[int]:
    replies = Reply.objects.shown().filter(search=search.query(words), topic__in=topics)
    said = replies.order_by().values_list("topic_id", flat=True)[:CANDIDATES]
    held = topics.matching(words).order_by().values_list("pk", flat=True)[:CANDIDATES]
    return list(held.union(said))


def _misspelt(topics: TopicQuerySet, words: str) -> list[int]:
    if len(words) < SHORTEST or '"' in words:
        return []
    near = topics.filter(title__trigram_word_similar=words)
    alike = TrigramWordSimilarity(words, "title")
    return list(near.order_by(alike.desc(), "-pk").values_list("pk", flat=True)[:CANDIDATES])


def ranked(ids: list[int], words: str) -> list[int]:
    """The ids of these topics, best first.

    PostgreSQL's ts_rank times 1 + ln(1 + helped), a title alike for what is misspelt. What only a
    reply holds comes behind what the topic says itself.
    """
    query = search.query(words)
    rank = SearchRank(F("search"), query)
    # Comparing letters takes as long as ranking words, so it is done for what has no rank.
    near = Case(When(search=query, then=rank), default=TrigramSimilarity("title", words) * 0.1)
    helped = 1.0 + Ln(Cast("tally__helped", FloatField()) + 1.0)
    weight = Cast(near, FloatField()) * helped
    best = Topic.objects.filter(pk__in=ids).order_by(weight.desc(), "-pk")
    return list(best.values_list("pk", flat=True))


def glance(words: str, viewer: Member | None = None) -> tuple[list[Topic], int]:
    """The first few topics that match, and how many do, to be shown elsewhere. One statement."""
    everywhere = Topic.objects.listed()
    matches = everywhere.matching(words).order_by().values("pk")[:CANDIDATES]
    rank = SearchRank(F("search"), search.query(words))
    found = (
        Topic.objects.for_cards(viewer)
        .filter(pk__in=matches)
        .annotate(weight=rank, matches=Window(Count("*")))
        .order_by("-weight", "-pk")[:GLANCE]
    )
    rows = list(found)
    return rows, rows[0].matches if rows else 0  # type: ignore[attr-defined]  # annotated


def similar(*, title: str, viewer: Member | None) -> list[Topic]:
    """Up to five topics that ask about the same: answered ones first, then the most alike."""
    title = title.strip()[:200]
    if len(title) < SHORTEST:
        return []
    words = _lexemes(title)
    ids = _near(Topic.objects.visible_to(viewer).listed(), title, words)
    if not ids:
        return []
    shared = SearchRank(F("search"), search.any_of(words)) if words else Value(0.0)
    alike = Greatest(
        Cast(TrigramSimilarity("title", title), FloatField()), Cast(shared, FloatField())
    )
    waits = Case(When(tally__answered_at=None, then=Value(1)), default=Value(0))
    found = Topic.objects.for_cards(viewer).filter(pk__in=ids).annotate(alike=alike, waits=waits)
    return list(found.order_by("waits", "-alike", "-pk")[:SIMILAR])


def _near(topics: TopicQuerySet, title: str, words: list[str]) -> list[int]:
    """Ids of titles that share letters, and of topics that share two words."""
    letters = topics.filter(title__trigram_similar=title).order_by().values_list("pk", flat=True)
    ids = list(letters[:CANDIDATES])
    if words:
        holding = topics.filter(search=search.any_two(words)).order_by()
        ids += holding.values_list("pk", flat=True)[:CANDIDATES]
    return ids


def _lexemes(title: str) -> list[str]:
    """The words of a title as the search index holds them, in both languages, without fillers."""
    readings = " || ".join(f"to_tsvector('{name}', %(title)s)" for name in search.CONFIGS.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tsvector_to_array({readings})", {"title": title})
        return list(cursor.fetchone()[0])[:MOST_WORDS]
