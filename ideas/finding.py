"""Search and twins: full text finds words in any form, trigrams find them misspelt or reordered."""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramSimilarity,
    TrigramWordSimilarity,
)
from django.db import connection
from django.db.models import Case, F, FloatField, Func, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce, Ln
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from community import markdown, search
from community.models import Member
from ideas.models import Idea, IdeaQuerySet
from ideas.status import Status

# Ranking reads each match, so only this many are ranked: the cost of a search does not grow with
# the site. Words that common find enough as it is.
CANDIDATES = 100
# How many of the most supported ideas are looked through for matches, before the newest are.
LEADERS = 100
# How many drawers (see community.search) are opened at once; in what is older, matches are rare.
NEWEST = 16
# The idea that stands for one.
ROOT = Coalesce("merged_into_id", "pk")
TWINS = 5
# How much of their words, or of their letters, two titles share before one may be the other.
ALIKE = 0.34
# Fewer letters are alike with everything.
SHORTEST = 4
# More words than this do not make a title easier to find, and pairs of them grow with the square.
MOST_WORDS = 10
# Quotes around words, or a minus before one.
EXACT = re.compile(r'"|(^|\s)-\w')
# Characters for private use: nobody types them, and escaping leaves them alone.
START, STOP = "\ue000", "\ue001"


# What is ranked. PostgreSQL reads one part after the other and stops when it has enough.
_CANDIDATES = """
    ((SELECT pk FROM ({matches}) AS hit WHERE pk IN (
        SELECT idea_id FROM ideas_ideatally WHERE listed
        ORDER BY supports DESC, idea_id DESC LIMIT %s
    ))
    UNION ALL
    (SELECT pk FROM ({matches}) AS hit WHERE (pk / {drawer})::integer = ANY (ARRAY(
        SELECT generate_series(max(id) / {drawer}, max(id) / {drawer} - %s + 1, -1)::integer
        FROM ideas_idea
    )))
    UNION ALL
    (SELECT pk FROM ({matches}) AS hit WHERE pk < (
        SELECT (max(id) / {drawer} - %s + 1) * {drawer} FROM ideas_idea
    ) ORDER BY pk DESC)
    LIMIT %s)
    UNION ALL
    (SELECT pk FROM ({twins}) AS twin LIMIT %s)
"""


def ranked(ideas: IdeaQuerySet, words: str) -> list[int]:
    """The ids of the best matches, best first, at most CANDIDATES; titles alike if there is none.

    Best is PostgreSQL's ts_rank times 1 + ln(1 + supporters). What the words of a merged idea
    match is the idea that stands for it.
    """
    supporters = Coalesce("merged_into__tally__supports", "tally__supports")
    support = Cast(1 + Ln(supporters + Value(1.0)), FloatField())
    weight = Cast(SearchRank(F("search"), search.query(words)), FloatField()) * support
    found = Idea.objects.filter(pk__in=_candidates(ideas, words)).order_by(weight.desc(), "-pk")
    ids = dict.fromkeys(found.values_list(ROOT, flat=True))
    return list(ids)[:CANDIDATES] or _misspelt(ideas, words)


def _merged_into(ideas: IdeaQuerySet) -> IdeaQuerySet:
    """What was merged into these and everybody may see."""
    merged = Idea.objects.filter(merged_into__isnull=False, hidden_at=None)
    return merged.filter(merged_into__in=ideas.order_by().values("pk"))


def _candidates(ideas: IdeaQuerySet, words: str) -> RawSQL:
    """The ids of the matches among the leaders, the newest ones and, if need be, the others; and
    of merged ideas that match and stand under one of these."""
    matches, params = ideas.matching(words).order_by().values("pk").query.sql_with_params()
    merged = _merged_into(ideas).matching(words).order_by().values("pk")
    twins, of_twins = merged.query.sql_with_params()
    sql = _CANDIDATES.format(matches=matches, twins=twins, drawer=search.DRAWER)
    values = (
        *params, LEADERS, *params, NEWEST, *params, NEWEST, CANDIDATES, *of_twins, CANDIDATES
    )  # fmt: skip
    return RawSQL(sql, values)  # noqa: S611  # our own text around Django's


def _misspelt(ideas: IdeaQuerySet, words: str) -> list[int]:
    # Who asks for just this, or for all but that, is not served by something like it.
    if len(words) < SHORTEST or EXACT.search(words):
        return []
    found = [row for rows in (ideas, _merged_into(ideas)) for row in _alike(rows, words)]
    found.sort(reverse=True)
    return list(dict.fromkeys(root for _likeness, _pk, root in found))[:CANDIDATES]


def _alike(ideas: IdeaQuerySet, words: str) -> Iterable[tuple[float, int, int]]:
    """The likeness of the titles most alike, their ids, and the ids of what stands for them."""
    alike = TrigramWordSimilarity(words, "title")
    near = ideas.filter(title__trigram_word_similar=words).order_by(alike.desc(), "-pk")
    return near.values_list(alike, "pk", ROOT)[:CANDIDATES]


def highlighted(ideas: IdeaQuerySet, words: str) -> IdeaQuerySet:
    """With `title_marked` and `body_marked`, the hits between START and STOP."""
    query = search.query(words)

    def marked(field: str, **options: Any) -> Case:
        lines = {
            code: SearchHeadline(
                field, query, config=config, start_sel=START, stop_sel=STOP, **options
            )
            for code, config in search.CONFIGS.items()
        }
        return Case(When(language="de", then=lines["de"]), default=lines["en"])

    return ideas.annotate(
        title_marked=marked("title", highlight_all=True),
        body_marked=marked("body", max_words=35, min_words=18, max_fragments=1),
    )


def mark(text: str) -> SafeString:
    """Marked text as safe HTML."""
    html = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(html)  # noqa: S308 (escaped above, and only our own tags put in)


def mark_body(text: str) -> SafeString:
    """Like `mark`, for a piece of Markdown."""
    return mark(markdown.plain(text, 400))


def twins(*, title: str, viewer: Member | None, besides: int | None = None) -> list[Idea]:
    """Up to five posted ideas that say about the same, most alike first."""
    title = title.strip()[:200]
    if len(title) < SHORTEST:
        return []
    near = Idea.objects.visible_to(viewer).exclude(status=Status.DRAFT).filter(hidden_at=None)
    near = near.annotate(root=ROOT)
    near = near.exclude(root=besides) if besides else near  # type: ignore[misc] # annotated
    words = _lexemes(title)
    alike = _likeness(near, title, words)
    best = sorted(alike, key=lambda pk: (-alike[pk], pk))[:TWINS]
    found = Idea.objects.visible_to(viewer).listed().for_cards(viewer).in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def _lexemes(title: str) -> list[str]:
    """The stems of a title in every language of the site, without stop words."""
    readings = " || ".join(
        f"to_tsvector('{config}', %(title)s)" for config in search.CONFIGS.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tsvector_to_array({readings})", {"title": title})
        return list(cursor.fetchone()[0])[:MOST_WORDS]


def _likeness(near: IdeaQuerySet, title: str, words: list[str]) -> dict[int, float]:
    """How alike each candidate is: the share of words or of trigrams in common, the larger.

    The title of a merged idea speaks for the idea that stands for it.
    """
    letters = near.filter(title__trigram_similar=title)
    near_by_letters = TrigramSimilarity("title", title)
    rows = letters.order_by(near_by_letters.desc()).values_list("root", near_by_letters)
    alike: dict[int, float] = {}
    for pk, likeness in rows[:CANDIDATES]:
        alike.setdefault(pk, likeness)
    for pk, stems in _sharing_words(near, words):
        shared = 2 * len(set(words) & set(stems)) / (len(words) + len(stems) or 1)
        alike[pk] = max(alike.get(pk, 0.0), shared)
    return {pk: share for pk, share in alike.items() if share >= ALIKE}


def _sharing_words(near: IdeaQuerySet, words: list[str]) -> Iterable[tuple[int, list[str]]]:
    """Ideas that share two words with the title (or its only one), with their titles' stems."""
    if not words:
        return []
    pairs: list[Sequence[str]] = [*combinations(words, 2)] or [words]
    query = " | ".join("(" + " & ".join(map(_quoted, pair)) + ")" for pair in pairs)
    stems = {code: _stems_of_title(config) for code, config in search.CONFIGS.items()}
    found = near.filter(search=SearchQuery(query, config="simple", search_type="raw"))
    stemmed = found.annotate(stems=Case(When(language="de", then=stems["de"]), default=stems["en"]))
    return stemmed.order_by().values_list("root", "stems")[:CANDIDATES]


def _stems_of_title(config: str) -> Func:
    return Func(
        SearchVector("title", config=config),
        function="tsvector_to_array",
        output_field=ArrayField(TextField()),
    )


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
